package dev.realtime.internal.decoding.binary;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;

/**
 * date, time and timestamp (manual, section 8.5): days or microseconds since 2000-01-01, at both ends of the range the
 * infinities; a time of day in microseconds, up to 24:00:00; a time zone in seconds west of Greenwich. Thread-safe.
 */
public final class BinaryDateTimes {

    private static final int EPOCH_DAY = 10_957;
    private static final long EPOCH_SECOND = 946_684_800L;
    private static final long MICROS_A_SECOND = 1_000_000L;
    private static final long MICROS_A_DAY = 86_400L * MICROS_A_SECOND;
    /** 4714-11-24 BC, where the server's calendar begins, and the first moment behind its end. */
    private static final int FIRST_DAY = -2_451_545;

    private static final int END_DAY = 2_147_483_494 - 2_451_545;
    private static final long FIRST_MICROS = -211_813_488_000_000_000L;
    private static final long END_MICROS = 9_223_371_331_200_000_000L;
    private static final int LARGEST_OFFSET = 16 * 3600 - 1;

    private BinaryDateTimes() {}

    /**
     * date.
     *
     * @param in stands at the value
     * @return the value, where an infinity is the MIN or the MAX of its class
     */
    public static LocalDate date(BinaryReader in) {
        int days = in.int32();
        if (days == Integer.MAX_VALUE) {
            return LocalDate.MAX;
        }
        if (days == Integer.MIN_VALUE) {
            return LocalDate.MIN;
        }
        if (days < FIRST_DAY || days >= END_DAY) {
            throw in.malformed("a day of the server's calendar");
        }
        return LocalDate.ofEpochDay((long) days + EPOCH_DAY);
    }

    static LocalTime time(BinaryReader in) {
        long micros = timeOfDay(in);
        return micros == MICROS_A_DAY ? LocalTime.MAX : LocalTime.ofNanoOfDay(micros * 1_000);
    }

    static OffsetTime timetz(BinaryReader in) {
        long micros = timeOfDay(in);
        int west = secondsWest(in);
        return micros == MICROS_A_DAY
                ? OffsetTime.MAX
                : OffsetTime.of(LocalTime.ofNanoOfDay(micros * 1_000), ZoneOffset.ofTotalSeconds(-west));
    }

    /**
     * A time of day.
     *
     * @param in stands at the value
     * @return microseconds, up to those of 24:00:00
     */
    public static long timeOfDay(BinaryReader in) {
        long micros = in.int64();
        if (micros < 0 || micros > MICROS_A_DAY) {
            throw in.malformed("a time of day");
        }
        return micros;
    }

    /**
     * A time zone.
     *
     * @param in stands at the value
     * @return seconds west of Greenwich, less than 16 hours
     */
    public static int secondsWest(BinaryReader in) {
        int west = in.int32();
        if (west < -LARGEST_OFFSET || west > LARGEST_OFFSET) {
            throw in.malformed("an offset of less than 16 hours");
        }
        return west;
    }

    /**
     * timestamp.
     *
     * @param in stands at the value
     * @return the value, where an infinity is the MIN or the MAX of its class
     */
    public static LocalDateTime timestamp(BinaryReader in) {
        long micros = in.int64();
        if (micros == Long.MAX_VALUE) {
            return LocalDateTime.MAX;
        }
        return micros == Long.MIN_VALUE ? LocalDateTime.MIN : local(in, micros);
    }

    /**
     * timestamptz.
     *
     * @param in stands at the value
     * @return the value, where an infinity is the MIN or the MAX of its class
     */
    public static OffsetDateTime timestamptz(BinaryReader in) {
        long micros = in.int64();
        if (micros == Long.MAX_VALUE) {
            return OffsetDateTime.MAX;
        }
        return micros == Long.MIN_VALUE ? OffsetDateTime.MIN : OffsetDateTime.of(local(in, micros), ZoneOffset.UTC);
    }

    private static LocalDateTime local(BinaryReader in, long micros) {
        if (micros < FIRST_MICROS || micros >= END_MICROS) {
            throw in.malformed("a moment of the server's calendar");
        }
        int nanos = (int) Math.floorMod(micros, MICROS_A_SECOND) * 1_000;
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_A_SECOND) + EPOCH_SECOND, nanos, ZoneOffset.UTC);
    }
}
