package dev.realtime.internal.decoding.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;

/**
 * date, time and timestamp, with and without time zone, under {@code DateStyle=ISO} (manual, section 8.5).
 *
 * <pre>
 * 2024-02-29   0044-03-15 BC   294276-12-31 23:59:59.999999   4713-01-01 00:00:00+00 BC   23:59:59.5-12:30:15   -infinity
 * </pre>
 *
 * Where Java has no such value it is the one that pgjdbc chooses: the type's MIN and MAX for the infinities, its MAX for
 * 24:00:00. Years go up to 5874897; the year before 1 is 1 BC, which is 0 in Java. Thread-safe.
 */
final class DateTimes {

    private static final int SECONDS_LENGTH = "00:00:00".length();
    private static final int SHORTEST_DATE = "0001-01-01".length();
    private static final int LONGEST_DATE = "5874897-12-31".length();
    private static final int MOST_FRACTION_DIGITS = 6;
    /** The largest offset is 15:59:59. */
    private static final int OFFSET_HOURS = 15;

    private static final int[] NANOS_PER_UNIT = {0, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000};

    private DateTimes() {}

    static LocalDate date(byte[] bytes, int offset, int length) {
        if (isWord(bytes, offset, length)) {
            return isPositiveInfinity(bytes, offset, length, "date") ? LocalDate.MAX : LocalDate.MIN;
        }
        int end = offset + length;
        int era = eraStart(bytes, offset, end);
        return date(bytes, offset, era, era < end, "date");
    }

    static LocalTime time(byte[] bytes, int offset, int length) {
        if (isEndOfDay(bytes, offset, length)) {
            return LocalTime.MAX;
        }
        return time(bytes, offset, offset + length, "time");
    }

    static OffsetTime timetz(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int zone = zoneStart(bytes, offset, end, "timetz");
        ZoneOffset zoneOffset = zoneOffset(bytes, zone, end, "timetz");
        if (isEndOfDay(bytes, offset, zone - offset)) {
            return OffsetTime.MAX;
        }
        return OffsetTime.of(time(bytes, offset, zone, "timetz"), zoneOffset);
    }

    static LocalDateTime timestamp(byte[] bytes, int offset, int length) {
        if (isWord(bytes, offset, length)) {
            return isPositiveInfinity(bytes, offset, length, "timestamp") ? LocalDateTime.MAX : LocalDateTime.MIN;
        }
        int end = offset + length;
        int era = eraStart(bytes, offset, end);
        return timestamp(bytes, offset, era, era < end, "timestamp");
    }

    static OffsetDateTime timestamptz(byte[] bytes, int offset, int length) {
        if (isWord(bytes, offset, length)) {
            return isPositiveInfinity(bytes, offset, length, "timestamptz") ? OffsetDateTime.MAX : OffsetDateTime.MIN;
        }
        int end = offset + length;
        int era = eraStart(bytes, offset, end);
        int zone = zoneStart(bytes, offset, era, "timestamptz");
        int seconds = zoneOffset(bytes, zone, era, "timestamptz").getTotalSeconds();
        LocalDateTime local = timestamp(bytes, offset, zone, era < end, "timestamptz");
        return OffsetDateTime.of(seconds == 0 ? local : local.minusSeconds(seconds), ZoneOffset.UTC);
    }

    private static LocalDateTime timestamp(byte[] bytes, int from, int to, boolean beforeChrist, String type) {
        int blank = from + SHORTEST_DATE;
        while (blank < to && bytes[blank] != ' ') {
            blank++;
        }
        if (blank >= to) {
            throw malformed(type);
        }
        return LocalDateTime.of(date(bytes, from, blank, beforeChrist, type), time(bytes, blank + 1, to, type));
    }

    /** Read from its end: the year has four digits or more. */
    private static LocalDate date(byte[] bytes, int from, int to, boolean beforeChrist, String type) {
        int length = to - from;
        if (length < SHORTEST_DATE || length > LONGEST_DATE || bytes[to - 6] != '-' || bytes[to - 3] != '-') {
            throw malformed(type);
        }
        int century = twoDigits(bytes, to - 8);
        int leading = 0;
        for (int at = from; at < to - 8; at++) {
            int digit = bytes[at] - '0';
            leading = digit < 0 || digit > 9 || leading < 0 ? -1 : leading * 10 + digit;
        }
        int month = twoDigits(bytes, to - 5);
        int day = twoDigits(bytes, to - 2);
        int year = leading * 100 + century;
        if ((leading | century | month | day) < 0 || year == 0) {
            throw malformed(type);
        }
        try {
            return LocalDate.of(beforeChrist ? 1 - year : year, month, day);
        } catch (DateTimeException e) {
            // Not as the cause: its message holds the value.
            throw malformed(type);
        }
    }

    private static LocalTime time(byte[] bytes, int from, int to, String type) {
        int fraction = to - from - SECONDS_LENGTH - 1;
        if (fraction < -1 || fraction == 0 || fraction > MOST_FRACTION_DIGITS) {
            throw malformed(type);
        }
        int hour = twoDigits(bytes, from);
        int minute = twoDigits(bytes, from + 3);
        int second = twoDigits(bytes, from + 6);
        if ((hour | minute | second) < 0
                || hour > 23
                || minute > 59
                || second > 59
                || bytes[from + 2] != ':'
                || bytes[from + 5] != ':') {
            throw malformed(type);
        }
        return LocalTime.of(hour, minute, second, nanos(bytes, from + SECONDS_LENGTH, to, type));
    }

    /** Of a point and up to six digits, or nothing. */
    private static int nanos(byte[] bytes, int from, int to, String type) {
        if (from == to) {
            return 0;
        }
        int units = 0;
        boolean wrong = bytes[from] != '.';
        for (int at = from + 1; at < to; at++) {
            int digit = bytes[at] - '0';
            wrong |= digit < 0 || digit > 9;
            units = units * 10 + digit;
        }
        if (wrong) {
            throw malformed(type);
        }
        return units * NANOS_PER_UNIT[to - from - 1];
    }

    /** {@code +00}, {@code +05:30} or {@code +05:53:28}, found from the end. */
    private static int zoneStart(byte[] bytes, int from, int to, String type) {
        for (int at = to - 3; at > from && at >= to - 9; at -= 3) {
            if (bytes[at] == '+' || bytes[at] == '-') {
                return at;
            }
        }
        throw malformed(type);
    }

    private static ZoneOffset zoneOffset(byte[] bytes, int from, int to, String type) {
        int hours = twoDigits(bytes, from + 1);
        int minutes = to - from > 3 ? twoDigits(bytes, from + 4) : 0;
        int seconds = to - from > 6 ? twoDigits(bytes, from + 7) : 0;
        boolean colons = (to - from <= 3 || bytes[from + 3] == ':') && (to - from <= 6 || bytes[from + 6] == ':');
        if ((hours | minutes | seconds) < 0 || hours > OFFSET_HOURS || minutes > 59 || seconds > 59 || !colons) {
            throw malformed(type);
        }
        int total = hours * 3600 + minutes * 60 + seconds;
        return total == 0 ? ZoneOffset.UTC : ZoneOffset.ofTotalSeconds(bytes[from] == '-' ? -total : total);
    }

    /** Where {@code " BC"} begins, or the end. */
    private static int eraStart(byte[] bytes, int from, int to) {
        int era = to - 3;
        return era >= from && bytes[era] == ' ' && bytes[era + 1] == 'B' && bytes[era + 2] == 'C' ? era : to;
    }

    private static boolean isEndOfDay(byte[] bytes, int offset, int length) {
        return Words.is("24:00:00", bytes, offset, length);
    }

    private static boolean isWord(byte[] bytes, int offset, int length) {
        return length > 0 && (bytes[offset] == 'i' || bytes[offset] == '-');
    }

    private static boolean isPositiveInfinity(byte[] bytes, int offset, int length, String type) {
        if (Words.is("infinity", bytes, offset, length)) {
            return true;
        }
        if (Words.is("-infinity", bytes, offset, length)) {
            return false;
        }
        throw malformed(type);
    }

    /** Negative where one of the two is no digit. */
    private static int twoDigits(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private static RuntimeException malformed(String type) {
        return Malformed.value(type, "the form of DateStyle ISO");
    }
}
