package dev.realtime.internal.decoding.text;

/**
 * A decimal number as its digits and a power of ten: the value is {@code digits * 10^exponent}. Immutable.
 *
 * @param negative whether a minus stands before it, also where it is zero
 * @param digits the number without point and exponent; {@link Long#MAX_VALUE} where they are too many for a long
 * @param exponent the power of ten
 */
record Scientific(boolean negative, long digits, int exponent) {

    /** Beyond this many digits an exponent is no longer one of a binary floating point number, nor safe in an int. */
    private static final int MOST_EXPONENT_DIGITS = 4;

    private static final long BEFORE_OVERFLOW = Long.MAX_VALUE / 10 - 1;

    static Scientific read(byte[] bytes, int offset, int length, String type) {
        int end = offset + length;
        boolean negative = length > 0 && bytes[offset] == '-';
        int first = negative ? offset + 1 : offset;
        int at = first;
        int point = -1;
        long digits = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits > BEFORE_OVERFLOW ? Long.MAX_VALUE : digits * 10 + digit;
            } else if (digit == '.' - '0' && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        // A digit on each side of the point, or no point.
        if (at == first || point == first || point == at - 1) {
            throw malformed(type);
        }
        int fraction = point < 0 ? 0 : at - point - 1;
        return new Scientific(negative, digits, exponent(bytes, at, end, type) - fraction);
    }

    private static int exponent(byte[] bytes, int at, int end, String type) {
        if (at == end) {
            return 0;
        }
        boolean signed = end - at > 1 && (bytes[at + 1] == '-' || bytes[at + 1] == '+');
        int first = signed ? at + 2 : at + 1;
        if (bytes[at] != 'e' || first >= end || end - first > MOST_EXPONENT_DIGITS) {
            throw malformed(type);
        }
        int exponent = 0;
        for (int i = first; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed(type);
            }
            exponent = exponent * 10 + digit;
        }
        return signed && bytes[at + 1] == '-' ? -exponent : exponent;
    }

    static RuntimeException malformed(String type) {
        return Malformed.value(type, "a decimal number within the type's range, NaN, Infinity or -Infinity");
    }
}
