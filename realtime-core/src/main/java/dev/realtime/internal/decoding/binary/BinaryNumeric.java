package dev.realtime.internal.decoding.binary;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * numeric (manual, section 8.1.2; {@code numeric_send}): Int16 number of digits to the base of 10,000, Int16 weight of the
 * first, Int16 sign, Int16 decimal digits behind the point, the digits. Thread-safe.
 */
public final class BinaryNumeric {

    private static final int POSITIVE = 0x0000;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;
    private static final int BASE = 10_000;
    private static final int DIGITS_OF_BASE = 4;
    /** A number of so many digits to the base of 10,000 fits into a long. */
    private static final int FITS_LONG = 4;
    /** The server's NUMERIC_DSCALE_MASK. */
    private static final int LARGEST_SCALE = 0x3FFF;

    private BinaryNumeric() {}

    /**
     * A number.
     *
     * @param in stands at the value
     * @return a BigDecimal of the server's scale; NaN and the infinities, for which there is none, as Double
     */
    public static Number numeric(BinaryReader in) {
        int count = in.int16() & 0xffff;
        int weight = in.int16();
        int sign = in.int16() & 0xffff;
        int scale = in.int16() & 0xffff;
        if (sign == NAN || sign == INFINITY || sign == NEGATIVE_INFINITY) {
            return sign == NAN ? Double.NaN : sign == INFINITY ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        if (sign != POSITIVE && sign != NEGATIVE || scale > LARGEST_SCALE || count * Short.BYTES > in.remaining()) {
            throw in.malformed("sign, scale and digits of a decimal number");
        }
        BigDecimal value = digits(in, count, sign == NEGATIVE, (weight + 1 - count) * DIGITS_OF_BASE);
        try {
            return value.setScale(scale); // the server keeps no digits but zeros behind the scale
        } catch (ArithmeticException e) {
            throw in.malformed("no digits behind the scale");
        }
    }

    private static BigDecimal digits(BinaryReader in, int count, boolean negative, int powerOfTen) {
        if (count <= FITS_LONG) {
            long digits = 0;
            for (int i = 0; i < count; i++) {
                digits = digits * BASE + digit(in);
            }
            return count == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(negative ? -digits : digits, -powerOfTen);
        }
        char[] text = new char[count * DIGITS_OF_BASE];
        for (int i = 0; i < count; i++) {
            int digit = digit(in);
            for (int place = DIGITS_OF_BASE - 1; place >= 0; place--) {
                text[i * DIGITS_OF_BASE + place] = (char) ('0' + digit % 10);
                digit /= 10;
            }
        }
        BigInteger digits = new BigInteger(new String(text));
        return new BigDecimal(negative ? digits.negate() : digits, -powerOfTen);
    }

    private static int digit(BinaryReader in) {
        int digit = in.int16();
        if (digit < 0 || digit >= BASE) {
            throw in.malformed("digits from 0 to 9999");
        }
        return digit;
    }
}
