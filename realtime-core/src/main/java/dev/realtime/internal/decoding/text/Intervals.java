package dev.realtime.internal.decoding.text;

import dev.realtime.type.PgInterval;

/**
 * interval under {@code IntervalStyle=iso_8601} (manual, section 8.5.4): {@code P1Y2M3DT4H5M6.789S}, where each number may
 * have a minus. Thread-safe.
 */
final class Intervals {

    static final int MONTHS_PER_YEAR = 12;
    static final long SECOND = 1_000_000L;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;

    private Intervals() {}

    static PgInterval interval(byte[] bytes, int offset, int length) {
        if (Words.is("infinity", bytes, offset, length)) {
            return PgInterval.INFINITY;
        }
        if (Words.is("-infinity", bytes, offset, length)) {
            return PgInterval.NEGATIVE_INFINITY;
        }
        try {
            return new IntervalReader(bytes, offset, offset + length).read();
        } catch (ArithmeticException e) {
            // A number beyond the parts of an interval.
            throw IntervalReader.malformed();
        }
    }
}
