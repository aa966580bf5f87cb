package dev.realtime.internal.decoding.output;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The text of float4 and float8 under {@code extra_float_digits >= 1} (manual, section 8.1.3): the fewest digits that lie
 * nearer to the number than to its neighbours ({@code src/common/d2s.c}), with an exponent where that is below -4 or not
 * below the type's digits. The JDK has the fewest digits only from 19 on, and takes a bound between two numbers for the even
 * one, which the server does not. Thread-safe.
 */
final class FloatOutput {

    /** From so many digits before the point on there is an exponent: FLT_DIG and DBL_DIG of the server. */
    private static final int EXPONENT_OF_FLOAT4 = 6;

    private static final int EXPONENT_OF_FLOAT8 = 15;
    private static final int LOWEST_WITHOUT_EXPONENT = -4;
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private FloatOutput() {}

    static String float4(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
            return special(value);
        }
        float size = Math.abs(value);
        BigDecimal exact = new BigDecimal(size);
        BigDecimal above =
                size == Float.MAX_VALUE ? exact.add(new BigDecimal(Math.ulp(size))) : new BigDecimal(Math.nextUp(size));
        return text(value < 0, shortest(exact, new BigDecimal(Math.nextDown(size)), above), EXPONENT_OF_FLOAT4);
    }

    static String float8(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return special(value);
        }
        double size = Math.abs(value);
        BigDecimal exact = new BigDecimal(size);
        BigDecimal above = size == Double.MAX_VALUE
                ? exact.add(new BigDecimal(Math.ulp(size)))
                : new BigDecimal(Math.nextUp(size));
        return text(value < 0, shortest(exact, new BigDecimal(Math.nextDown(size)), above), EXPONENT_OF_FLOAT8);
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        String sign = Double.doubleToLongBits(value) < 0 ? "-" : "";
        return sign + (value == 0 ? "0" : "Infinity");
    }

    /** The decimal of the fewest digits between the bounds; of those the nearest. */
    private static BigDecimal shortest(BigDecimal exact, BigDecimal below, BigDecimal above) {
        BigDecimal low = exact.add(below).multiply(HALF);
        BigDecimal high = exact.add(above).multiply(HALF);
        for (int digits = 1; ; digits++) {
            BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean downFits = down.compareTo(low) > 0;
            boolean upFits = up.compareTo(high) < 0;
            if (downFits && upFits) {
                BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
                return nearest;
            }
            if (downFits || upFits) {
                return downFits ? down : up;
            }
        }
    }

    private static String text(boolean negative, BigDecimal value, int exponentFrom) {
        BigDecimal decimal = value.stripTrailingZeros();
        BigInteger digits = decimal.unscaledValue();
        String text = digits.toString();
        int exponent = text.length() - 1 - decimal.scale();
        String sign = negative ? "-" : "";
        if (exponent >= LOWEST_WITHOUT_EXPONENT && exponent < exponentFrom) {
            return sign + decimal.toPlainString();
        }
        String fraction = text.length() > 1 ? "." + text.substring(1) : "";
        String size = Integer.toString(Math.abs(exponent));
        return sign + text.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + (size.length() < 2 ? "0" : "")
                + size;
    }
}
