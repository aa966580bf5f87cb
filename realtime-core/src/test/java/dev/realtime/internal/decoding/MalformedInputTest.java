package dev.realtime.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.realtime.error.DecodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that no server writes: each is a value or a {@link DecodingException}, whatever they are. */
class MalformedInputTest {

    private static final int ROUNDS = 5_000;
    /** What the texts of all types are made of. */
    private static final byte[] ALPHABET =
            "0123456789+-.,:;eETPYMDHSBC NaINULinfty{}[]=\"\\xtf(\u00e9".getBytes(StandardCharsets.UTF_8);

    private static final Map<String, List<String>> VALID = Map.ofEntries(
            Map.entry("bool", List.of("t", "f")),
            Map.entry("int2", List.of("-32768")),
            Map.entry("int4", List.of("-2147483648")),
            Map.entry("int8", List.of("-9223372036854775808")),
            Map.entry("oid", List.of("4294967295")),
            Map.entry("float4", List.of("-3.4028235e+38", "NaN", "-Infinity")),
            Map.entry("float8", List.of("-1.7976931348623157e+308", "NaN", "-Infinity")),
            Map.entry("numeric", List.of("-12345678901234567890.123", "12.50")),
            Map.entry("text", List.of("Zürich 😀")),
            Map.entry("bytea", List.of("\\x00ff10", "a\\\\b\\000")),
            Map.entry("uuid", List.of("01234567-89ab-cdef-fedc-ba9876543210")),
            Map.entry("date", List.of("2024-02-29", "0044-03-15 BC", "-infinity")),
            Map.entry("time", List.of("23:59:59.999999", "24:00:00")),
            Map.entry("timetz", List.of("23:59:59.999999-12:30:15")),
            Map.entry("timestamp", List.of("294276-12-31 23:59:59.999999", "0044-03-15 10:00:00 BC", "infinity")),
            Map.entry("timestamptz", List.of("294276-12-31 23:59:59.999999+05:53:28", "0044-03-15 10:00:00+00 BC")),
            Map.entry("interval", List.of("P-1Y2M-3DT4H-5M6.789S", "-infinity")),
            Map.entry("_text", List.of("[0:1][2:2]={{\"a\\\"b\"},{NULL}}", "{\"\\\\\",\"\",é}")),
            Map.entry("_timestamptz", List.of("{\"2024-01-02 03:04:05.6+00\",NULL}")),
            Map.entry("_bytea", List.of("{\"\\\\x00ff\"}")),
            Map.entry("_box", List.of("{(1,1),(0,0);(3,3),(2,2)}")));

    static Stream<Arguments> validTexts() {
        return VALID.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(text -> Arguments.of(entry.getKey(), text)));
    }

    @ParameterizedTest
    @MethodSource("validTexts")
    void everyBeginningAndEndOfAValueIsAValueOrAnError(String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Decoding.decode(type, text)).isNotNull();
        for (int i = 0; i <= bytes.length; i++) {
            tryDecoding(type, Arrays.copyOfRange(bytes, 0, i), "the first %d bytes".formatted(i));
            tryDecoding(type, Arrays.copyOfRange(bytes, i, bytes.length), "the bytes from %d on".formatted(i));
        }
    }

    @ParameterizedTest
    @MethodSource("validTexts")
    void everyDamagedValueIsAValueOrAnError(String type, String text) {
        long seed = Decoding.seed();
        Random random = new Random(seed);
        byte[] valid = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] damaged = valid.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = randomByte(random);
            }
            tryDecoding(type, damaged, "round %d of seed %d".formatted(i, seed));
        }
    }

    @ParameterizedTest
    @MethodSource("validTexts")
    void anyBytesAreAValueOrAnError(String type, String text) {
        long seed = Decoding.seed();
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(text.length() * 2)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = randomByte(random);
            }
            tryDecoding(type, bytes, "round %d of seed %d".formatted(i, seed));
        }
    }

    private static byte randomByte(Random random) {
        return random.nextInt(10) == 0 ? (byte) random.nextInt() : ALPHABET[random.nextInt(ALPHABET.length)];
    }

    /** In an array that ends where the value does, so that reading on would be seen. */
    private static void tryDecoding(String type, byte[] text, String which) {
        byte[] bytes = new byte[text.length + 3];
        System.arraycopy(text, 0, bytes, 3, text.length);
        try {
            Object value = Decoding.decoder(type).decode(bytes, 3, text.length);
            assertThat(value).isNotNull();
        } catch (DecodingException expected) {
            assertThat(expected.getMessage()).containsAnyOf("type " + type.replace("_", ""), "type array", "text");
        } catch (RuntimeException e) {
            fail("%s of type %s: %s".formatted(which, type, Arrays.toString(text)), e);
        }
    }
}
