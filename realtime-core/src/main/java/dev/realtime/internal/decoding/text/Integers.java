package dev.realtime.internal.decoding.text;

/** The whole numbers (manual, sections 8.1.1 and 8.19): an optional minus and decimal digits. Thread-safe. */
final class Integers {

    /** As many digits as {@link Long#MAX_VALUE} has; a number of so many cannot pass 2<sup>64</sup>. */
    private static final int MOST_DIGITS = 19;

    private static final long MAX_UNSIGNED = 0xffff_ffffL;

    private Integers() {}

    static Short int2(byte[] bytes, int offset, int length) {
        return (short) number(bytes, offset, length, Short.MIN_VALUE, Short.MAX_VALUE, "int2");
    }

    static Integer int4(byte[] bytes, int offset, int length) {
        return (int) number(bytes, offset, length, Integer.MIN_VALUE, Integer.MAX_VALUE, "int4");
    }

    static Long int8(byte[] bytes, int offset, int length) {
        return number(bytes, offset, length, Long.MIN_VALUE, Long.MAX_VALUE, "int8");
    }

    static Long oid(byte[] bytes, int offset, int length) {
        return number(bytes, offset, length, 0, MAX_UNSIGNED, "oid");
    }

    static Long xid(byte[] bytes, int offset, int length) {
        return number(bytes, offset, length, 0, MAX_UNSIGNED, "xid");
    }

    static Long cid(byte[] bytes, int offset, int length) {
        return number(bytes, offset, length, 0, MAX_UNSIGNED, "cid");
    }

    private static long number(byte[] bytes, int offset, int length, long min, long max, String type) {
        int end = offset + length;
        boolean negative = length > 0 && bytes[offset] == '-';
        int at = negative ? offset + 1 : offset;
        if (at == end || end - at > MOST_DIGITS) {
            throw malformed(type);
        }
        // Below zero, since there the range is larger by one. Beyond the range of long it turns positive.
        long value = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed(type);
            }
            value = value * 10 - digit;
        }
        if (value > 0 || (!negative && value == Long.MIN_VALUE)) {
            throw malformed(type);
        }
        value = negative ? value : -value;
        if (value < min || value > max) {
            throw malformed(type);
        }
        return value;
    }

    private static RuntimeException malformed(String type) {
        return Malformed.value(type, "a whole number within the type's range");
    }
}
