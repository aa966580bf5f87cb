package dev.realtime.hibernate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Base values read as numbers and booleans, by the driver's rules: fractions are cut off, what is out of range is
 * refused, text (a domain, a type that the library does not know) is parsed. Thread-safe.
 */
final class Numbers {

    private static final int LONGEST_INTEGER = 19;

    private Numbers() {}

    static long integer(Object value, long min, long max, String wanted) throws SQLException {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return inRange(((Number) value).longValue(), min, max, wanted);
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        BigDecimal decimal = decimal(value, wanted);
        if (decimal.precision() - decimal.scale() > LONGEST_INTEGER) {
            throw Refusal.outOfRange(wanted); // before its digits are written out: 1e999999999 has a billion of them
        }
        BigInteger whole = decimal.toBigInteger();
        if (whole.bitLength() >= Long.SIZE) {
            throw Refusal.outOfRange(wanted);
        }
        return inRange(whole.longValue(), min, max, wanted);
    }

    static double floating(Object value) throws SQLException {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException notANumber) {
                throw Refusal.mismatch(value, "double");
            }
        }
        throw Refusal.mismatch(value, "double");
    }

    static float singleFloating(Object value) throws SQLException {
        return value instanceof Number number ? number.floatValue() : (float) floating(value);
    }

    static BigDecimal decimal(Object value, String wanted) throws SQLException {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw Refusal.notFinite(wanted); // of a numeric, too
        }
        if (value instanceof Double || value instanceof Float || value instanceof String) {
            try {
                return new BigDecimal(value.toString().strip());
            } catch (NumberFormatException notANumber) {
                throw Refusal.mismatch(value, wanted);
            }
        }
        throw Refusal.mismatch(value, wanted);
    }

    static boolean flag(Object value) throws SQLException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof String text) {
            switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "t", "true", "y", "yes", "on", "1":
                    return true;
                case "f", "false", "n", "no", "off", "0":
                    return false;
                default:
                    throw Refusal.mismatch(value, "boolean");
            }
        }
        if (value instanceof Number number) {
            double asDouble = number.doubleValue();
            if (asDouble == 0 || asDouble == 1) {
                return asDouble == 1;
            }
        }
        throw Refusal.mismatch(value, "boolean");
    }

    private static long inRange(long value, long min, long max, String wanted) throws SQLException {
        if (value < min || value > max) {
            throw Refusal.outOfRange(wanted);
        }
        return value;
    }
}
