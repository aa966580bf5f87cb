package dev.realtime.internal.decoding;

import static dev.realtime.internal.decoding.Decoding.decode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.DecodingException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    private static final int ROUNDS = 5_000;

    @ParameterizedTest
    @ValueSource(shorts = {0, 7, -7, Short.MIN_VALUE, Short.MAX_VALUE})
    void int2IsAShort(short value) {
        assertThat(decode("int2", Short.toString(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, -7, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void int4IsAnInteger(int value) {
        assertThat(decode("int4", Integer.toString(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, -7, Long.MIN_VALUE, Long.MAX_VALUE, -1_000_000_000_000_000_000L})
    void int8IsALong(long value) {
        assertThat(decode("int8", Long.toString(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oid", "xid", "cid"})
    void unsignedNumbersAreLongs(String type) {
        assertThat(decode(type, "4294967295")).isEqualTo(4_294_967_295L);
        assertThat(decode(type, "0")).isEqualTo(0L);
    }

    @ParameterizedTest
    @CsvSource({
        "int2, 32768",
        "int2, -32769",
        "int4, 2147483648",
        "int4, -2147483649",
        "int8, 9223372036854775808",
        "int8, -9223372036854775809",
        "int8, 9999999999999999999",
        "int8, 18446744073709551616",
        "oid, 4294967296",
        "oid, -1",
        "xid, 99999999999999999999",
        "cid, -5",
        "int4, ''",
        "int4, -",
        "int4, +1",
        "int4, 1.0",
        "int4, ' 1'",
        "int4, 1e3",
        "int4, 0x1",
        "int4, --1",
        "int8, 1-"
    })
    void whatIsNoSuchNumberIsAnErrorWithoutTheValue(String type, String text) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode(type, text))
                .withMessage("Malformed value of type " + type + ": expected a whole number within the type's range")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.00",
                "12345.678900",
                "-0.00000000000000000001",
                "1",
                "-1.5",
                "999999999999999999",
                "-999999999999999999",
                "1000000000000000000",
                "9223372036854775807",
                "9223372036854775808",
                "0.999999999999999999",
                "0.9999999999999999999",
                "123456789012345678901234567890.123456789012345678901234567890",
                "100",
                "0000123.40"
            })
    void numericKeepsItsScale(String text) {
        assertThat(decode("numeric", text)).isEqualTo(new BigDecimal(text));
    }

    @Test
    void numericMayHaveAsManyDigitsAsTheServerLets() {
        String text = "9".repeat(131_072) + "." + "7".repeat(16_383);
        BigDecimal decoded = (BigDecimal) decode("numeric", text);
        assertThat(decoded.scale()).isEqualTo(16_383);
        assertThat(decoded.precision()).isEqualTo(147_455);
        assertThat(decoded.remainder(BigDecimal.TEN).intValue()).isEqualTo(9);
    }

    @Test
    void everyNumericIsWhatJavaReads() {
        long seed = Decoding.seed();
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            BigDecimal value = new BigDecimal(new BigInteger(1 + random.nextInt(130), random), random.nextInt(40));
            String text = (random.nextBoolean() ? value : value.negate()).toPlainString();
            assertThat(decode("numeric", text)).as("%s, seed %d", text, seed).isEqualTo(new BigDecimal(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void numericThatNoBigDecimalCanBeIsADoubleAsInTheDriver(String text) {
        assertThat(decode("numeric", text)).isEqualTo(Double.valueOf(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "1.", ".5", "1e5", "1.2.3", "+1", " 1", "1,5", "--1", "-NaN", "nan", "-.", "٣"})
    void whatIsNoDecimalNumberIsAnError(String text) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode("numeric", text))
                .withMessage("Malformed value of type numeric: expected a decimal number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1",
                "-1.5",
                "0.1",
                "0.30000000000000004",
                "1e+300",
                "1.7976931348623157e+308",
                "5e-324",
                "2.5e-08",
                "9007199254740993",
                "123456789012345678901234567890",
                "1e+22",
                "1e+23",
                "3.141592653589793",
                "0.0000001"
            })
    void float8IsTheNearestDouble(String text) {
        assertThat(decode("float8", text)).isEqualTo(Double.valueOf(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1",
                "-1.5",
                "0.1",
                "3.4028235e+38",
                "1e-45",
                "1.1754944e-38",
                "16777217",
                "0.33333334",
                "1e+10"
            })
    void float4IsTheNearestFloat(String text) {
        assertThat(decode("float4", text)).isEqualTo(Float.valueOf(text));
    }

    @Test
    void floatsHaveTheirOwnNamesForWhatIsNoNumber() {
        assertThat(decode("float8", "NaN")).isEqualTo(Double.NaN);
        assertThat(decode("float8", "Infinity")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(decode("float8", "-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(decode("float4", "NaN")).isEqualTo(Float.NaN);
        assertThat(decode("float4", "Infinity")).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(decode("float4", "-Infinity")).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void everyFloatComesBackFromItsText() {
        long seed = Decoding.seed();
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            double wide = Double.longBitsToDouble(random.nextLong());
            float narrow = Float.intBitsToFloat(random.nextInt());
            double common = random.nextInt(1_000_000) / Math.pow(10, random.nextInt(8));
            if (Double.isFinite(wide)) {
                String text = Double.toString(wide).toLowerCase(Locale.ROOT);
                assertThat(decode("float8", text)).as("%s, seed %d", text, seed).isEqualTo(wide);
            }
            if (Float.isFinite(narrow)) {
                String text = Float.toString(narrow).toLowerCase(Locale.ROOT);
                assertThat(decode("float4", text)).as("%s, seed %d", text, seed).isEqualTo(narrow);
            }
            String text = Double.toString(common).toLowerCase(Locale.ROOT);
            assertThat(decode("float8", text)).as("%s, seed %d", text, seed).isEqualTo(common);
            assertThat(decode("float4", text)).as("%s, seed %d", text, seed).isEqualTo(Float.parseFloat(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1.",
                ".5",
                "1e",
                "1e+",
                "1e-",
                "e5",
                "1d",
                "1f",
                "0x1p3",
                " 1",
                "1 ",
                "+1",
                "1e99999",
                "1e999",
                "nan",
                "infinity",
                "Infinit",
                "-NaN",
                "1.2.3",
                "1e5.",
                "1e5e5"
            })
    void whatIsNoFloatingPointNumberIsAnError(String text) {
        for (String type : new String[] {"float4", "float8"}) {
            assertThatExceptionOfType(DecodingException.class)
                    .isThrownBy(() -> decode(type, text))
                    .withMessageStartingWith("Malformed value of type " + type + ": expected")
                    .withNoCause();
        }
    }
}
