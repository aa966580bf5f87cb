package dev.realtime.internal.decoding.text;

import java.math.BigDecimal;

/**
 * numeric (manual, section 8.1.2): decimal digits with an optional minus and point, never an exponent. NaN and the
 * infinities, for which there is no BigDecimal, are the driver's: a Double. Thread-safe.
 */
final class Numeric {

    /** Every number of so many digits fits into a long. */
    private static final int DIGITS_OF_LONG = 18;

    private Numeric() {}

    /** The digits after the point are the scale, zeros at the end among them. */
    static Number numeric(byte[] bytes, int offset, int length) {
        int end = offset + length;
        boolean negative = length > 0 && bytes[offset] == '-';
        int first = negative ? offset + 1 : offset;
        int point = end;
        int significant = 0;
        long unscaled = 0;
        for (int at = first; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                unscaled = unscaled * 10 + digit;
                // Zeros at the beginning do not count. What overflows is not used.
                significant += significant > 0 || digit > 0 ? 1 : 0;
            } else if (digit == '.' - '0' && point == end && at > first && at < end - 1) {
                point = at;
            } else {
                return notDecimal(bytes, offset, length);
            }
        }
        if (first == end) {
            throw malformed();
        }
        if (significant > DIGITS_OF_LONG) {
            return large(bytes, offset, length);
        }
        int scale = point == end ? 0 : end - point - 1;
        return BigDecimal.valueOf(negative ? -unscaled : unscaled, scale);
    }

    /** Of checked characters. */
    private static BigDecimal large(byte[] bytes, int offset, int length) {
        char[] digits = new char[length];
        for (int i = 0; i < length; i++) {
            digits[i] = (char) bytes[offset + i];
        }
        return new BigDecimal(digits);
    }

    private static Number notDecimal(byte[] bytes, int offset, int length) {
        if (Floats.isNaN(bytes, offset, length)) {
            return Double.NaN;
        }
        if (Floats.isInfinity(bytes, offset, length)) {
            return bytes[offset] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        throw malformed();
    }

    private static RuntimeException malformed() {
        return Malformed.value("numeric", "a decimal number");
    }
}
