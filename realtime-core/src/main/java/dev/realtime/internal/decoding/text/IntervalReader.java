package dev.realtime.internal.decoding.text;

import dev.realtime.type.PgInterval;

/**
 * Reads one interval of numbers, each followed by its unit, in the order Y M D, T, H M S. Confined to the thread that
 * decodes.
 */
final class IntervalReader {

    private static final String DATE_UNITS = "YMD";
    private static final String TIME_UNITS = "HMS";
    /** More than any part needs, and few enough not to overflow. */
    private static final int MOST_DIGITS = 18;

    private final byte[] bytes;
    private final int end;
    private int at;

    private long months;
    private long days;
    private long microseconds;

    IntervalReader(byte[] bytes, int offset, int end) {
        this.bytes = bytes;
        this.at = offset;
        this.end = end;
    }

    /**
     * The interval.
     *
     * @throws ArithmeticException where a number is beyond its part
     */
    PgInterval read() {
        expect('P');
        boolean empty = at == end;
        for (int unit = -1; at < end && bytes[at] != 'T'; ) {
            unit = part(DATE_UNITS, unit);
        }
        if (at < end) {
            expect('T');
            empty = at == end;
            for (int unit = -1; at < end; ) {
                unit = part(TIME_UNITS, unit);
            }
        }
        if (empty) {
            throw malformed();
        }
        return new PgInterval(Math.toIntExact(months), Math.toIntExact(days), microseconds);
    }

    /** A number and its unit, which must stand behind the last one in the list of units; returns its place there. */
    private int part(String units, int last) {
        boolean negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        long number = digits(MOST_DIGITS);
        long fraction = 0;
        if (at < end && bytes[at] == '.') {
            at++;
            int first = at;
            fraction = digits(6);
            for (int digits = at - first; digits < 6; digits++) {
                fraction *= 10;
            }
            if (at == end || bytes[at] != 'S') {
                throw malformed();
            }
        }
        int unit = at < end ? units.indexOf(bytes[at++]) : -1;
        if (unit <= last) {
            throw malformed();
        }
        add(units.equals(DATE_UNITS), unit, negative ? -number : number, negative ? -fraction : fraction);
        return unit;
    }

    private void add(boolean date, int unit, long number, long fraction) {
        if (date) {
            switch (unit) {
                case 0 -> months = Math.multiplyExact(number, Intervals.MONTHS_PER_YEAR);
                case 1 -> months = Math.addExact(months, number);
                default -> days = number;
            }
        } else {
            long length = unit == 0 ? Intervals.HOUR : unit == 1 ? Intervals.MINUTE : Intervals.SECOND;
            microseconds = Math.addExact(microseconds, Math.multiplyExact(number, length));
            microseconds = Math.addExact(microseconds, fraction);
        }
    }

    /** At least one digit and at most so many. */
    private long digits(int most) {
        int first = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - first < most) {
            value = value * 10 + bytes[at++] - '0';
        }
        if (at == first) {
            throw malformed();
        }
        return value;
    }

    private void expect(char next) {
        if (at == end || bytes[at] != next) {
            throw malformed();
        }
        at++;
    }

    static RuntimeException malformed() {
        return Malformed.value("interval", "the form of IntervalStyle iso_8601");
    }
}
