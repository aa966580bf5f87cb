package dev.realtime.internal.decoding.text;

import java.nio.charset.StandardCharsets;

/**
 * float4 and float8 (manual, section 8.1.3): a decimal number with an optional exponent, {@code NaN}, {@code Infinity} or
 * {@code -Infinity}.
 *
 * <p>Most numbers are few digits and a small power of ten, both of which the binary type holds exactly; then one
 * multiplication or division gives the nearest number (W. D. Clinger, How to read floating point numbers accurately, 1990).
 * The JDK does the rest. Thread-safe.
 */
final class Floats {

    /** The powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** The largest power of ten that a float holds exactly. */
    private static final int LARGEST_POWER_OF_FLOAT = 10;

    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final long EXACT_IN_FLOAT = 1L << 24;

    private Floats() {}

    static Double float8(byte[] bytes, int offset, int length) {
        if (isNaN(bytes, offset, length)) {
            return Double.NaN;
        }
        if (isInfinity(bytes, offset, length)) {
            return bytes[offset] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        Scientific number = Scientific.read(bytes, offset, length, "float8");
        double value;
        if (number.digits() > EXACT_IN_DOUBLE || Math.abs(number.exponent()) >= POWERS.length) {
            value = Double.parseDouble(latin(bytes, offset, length));
        } else {
            double power = POWERS[Math.abs(number.exponent())];
            double size = number.exponent() < 0 ? number.digits() / power : number.digits() * power;
            value = number.negative() ? -size : size;
        }
        if (Double.isInfinite(value)) {
            throw Scientific.malformed("float8");
        }
        return value;
    }

    static Float float4(byte[] bytes, int offset, int length) {
        if (isNaN(bytes, offset, length)) {
            return Float.NaN;
        }
        if (isInfinity(bytes, offset, length)) {
            return bytes[offset] == '-' ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        }
        Scientific number = Scientific.read(bytes, offset, length, "float4");
        float value;
        if (number.digits() > EXACT_IN_FLOAT || Math.abs(number.exponent()) > LARGEST_POWER_OF_FLOAT) {
            value = Float.parseFloat(latin(bytes, offset, length));
        } else {
            float power = (float) POWERS[Math.abs(number.exponent())];
            float size = number.exponent() < 0 ? number.digits() / power : number.digits() * power;
            value = number.negative() ? -size : size;
        }
        if (Float.isInfinite(value)) {
            throw Scientific.malformed("float4");
        }
        return value;
    }

    static boolean isNaN(byte[] bytes, int offset, int length) {
        return length == 3 && bytes[offset] == 'N' && bytes[offset + 1] == 'a' && bytes[offset + 2] == 'N';
    }

    static boolean isInfinity(byte[] bytes, int offset, int length) {
        boolean negative = length > 0 && bytes[offset] == '-';
        return Words.is("Infinity", bytes, negative ? offset + 1 : offset, negative ? length - 1 : length);
    }

    /** Of characters that {@link Scientific} has checked: the JDK takes more than the server writes. */
    private static String latin(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
}
