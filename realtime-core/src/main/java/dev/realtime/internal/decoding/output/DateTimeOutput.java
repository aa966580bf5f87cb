package dev.realtime.internal.decoding.output;

import dev.realtime.internal.decoding.binary.BinaryDateTimes;
import dev.realtime.internal.decoding.binary.BinaryReader;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;

/** date, time and timestamp under {@code DateStyle=ISO} and {@code TimeZone=UTC} (manual, section 8.5.2). Thread-safe. */
final class DateTimeOutput {

    private static final long MICROS_A_SECOND = 1_000_000L;

    private DateTimeOutput() {}

    static void date(BinaryReader in, TextBuffer out) {
        LocalDate date = BinaryDateTimes.date(in);
        if (date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN)) {
            infinity(date.equals(LocalDate.MAX), out);
        } else {
            day(date, out);
            era(date, out);
        }
    }

    static void time(BinaryReader in, TextBuffer out) {
        clock(BinaryDateTimes.timeOfDay(in), out);
    }

    static void timetz(BinaryReader in, TextBuffer out) {
        clock(BinaryDateTimes.timeOfDay(in), out);
        int west = BinaryDateTimes.secondsWest(in);
        int size = Math.abs(west);
        out.ascii(west <= 0 ? '+' : '-');
        twoDigits(size / 3600, out);
        if (size % 3600 != 0) {
            out.ascii(':');
            twoDigits(size / 60 % 60, out);
        }
        if (size % 60 != 0) {
            out.ascii(':');
            twoDigits(size % 60, out);
        }
    }

    static void timestamp(BinaryReader in, TextBuffer out) {
        LocalDateTime value = BinaryDateTimes.timestamp(in);
        if (value.equals(LocalDateTime.MAX) || value.equals(LocalDateTime.MIN)) {
            infinity(value.equals(LocalDateTime.MAX), out);
        } else {
            moment(value, out);
            era(value.toLocalDate(), out);
        }
    }

    static void timestamptz(BinaryReader in, TextBuffer out) {
        OffsetDateTime value = BinaryDateTimes.timestamptz(in);
        if (value.equals(OffsetDateTime.MAX) || value.equals(OffsetDateTime.MIN)) {
            infinity(value.equals(OffsetDateTime.MAX), out);
        } else {
            moment(value.toLocalDateTime(), out);
            out.ascii("+00");
            era(value.toLocalDate(), out);
        }
    }

    private static void infinity(boolean positive, TextBuffer out) {
        out.ascii(positive ? "infinity" : "-infinity");
    }

    private static void moment(LocalDateTime value, TextBuffer out) {
        day(value.toLocalDate(), out);
        out.ascii(' ');
        LocalTime time = value.toLocalTime();
        clock(time.toNanoOfDay() / 1_000, out);
    }

    private static void day(LocalDate date, TextBuffer out) {
        String year = Integer.toString(date.getYear() > 0 ? date.getYear() : 1 - date.getYear());
        out.ascii("0000".substring(Math.min(4, year.length()))).ascii(year).ascii('-');
        twoDigits(date.getMonthValue(), out);
        out.ascii('-');
        twoDigits(date.getDayOfMonth(), out);
    }

    private static void era(LocalDate date, TextBuffer out) {
        if (date.getYear() <= 0) {
            out.ascii(" BC");
        }
    }

    private static void clock(long micros, TextBuffer out) {
        long seconds = micros / MICROS_A_SECOND;
        twoDigits((int) (seconds / 3600), out);
        out.ascii(':');
        twoDigits((int) (seconds / 60 % 60), out);
        out.ascii(':');
        twoDigits((int) (seconds % 60), out);
        long fraction = micros % MICROS_A_SECOND;
        if (fraction != 0) {
            String digits = Long.toString(MICROS_A_SECOND + fraction).substring(1);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            out.ascii('.').ascii(digits.substring(0, end));
        }
    }

    private static void twoDigits(int number, TextBuffer out) {
        out.ascii((char) ('0' + number / 10)).ascii((char) ('0' + number % 10));
    }
}
