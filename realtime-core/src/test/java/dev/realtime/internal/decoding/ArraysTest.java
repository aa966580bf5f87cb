package dev.realtime.internal.decoding;

import static dev.realtime.internal.decoding.Decoding.decode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.DecodingException;
import dev.realtime.internal.decoding.text.TextDecoders;
import dev.realtime.type.TypeDecoder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArraysTest {

    private static final int ROUNDS = 5_000;
    private static final String[] PIECES = {
        "a", "NULL", "null", "\"", "\\", ",", ";", "{", "}", " ", "\n", "", "é", "日本", "😀", "[0:1]={", "x y"
    };

    @Test
    void elementsAreBaseValuesAndNullIsNull() {
        assertThat(decode("_int4", "{1,NULL,-3}")).isEqualTo(new @Nullable Object[] {1, null, -3});
        assertThat(decode("_numeric", "{1.50}")).isEqualTo(new Object[] {new BigDecimal("1.50")});
        assertThat(decode("_date", "{2024-02-29,infinity,\"0044-03-15 BC\"}"))
                .isEqualTo(new Object[] {LocalDate.of(2024, 2, 29), LocalDate.MAX, LocalDate.of(-43, 3, 15)});
        assertThat(decode("_timestamptz", "{\"2024-01-02 03:04:05.6+00\"}"))
                .isEqualTo(new Object[] {OffsetDateTime.parse("2024-01-02T03:04:05.6Z")});
        assertThat(decode("_bytea", "{\"\\\\x00ff\",\"\\\\x\"}"))
                .isEqualTo(new Object[] {HexFormat.of().parseHex("00ff"), new byte[0]});
        assertThat(decode("_bool", "{t,f}")).isEqualTo(new Object[] {true, false});
    }

    @Test
    void quotesTellTextFromNullAndSyntax() {
        assertThat(decode("_text", "{\"a,b\",NULL,\"NULL\",\"q\\\"z\",\"\",\"\\\\\",\"{}\",plain}"))
                .isEqualTo(new @Nullable Object[] {"a,b", null, "NULL", "q\"z", "", "\\", "{}", "plain"});
    }

    @Test
    void dimensionsAreArraysOfArrays() {
        assertThat(decode("_int4", "{{1,2},{3,4},{5,NULL}}"))
                .isEqualTo(new Object[] {new Object[] {1, 2}, new Object[] {3, 4}, new @Nullable Object[] {5, null}});
        assertThat(decode("_text", "{{{{{{a}}}}}}")).isEqualTo(new Object[] {
            new Object[] {new Object[] {new Object[] {new Object[] {new Object[] {"a"}}}}}
        });
    }

    @Test
    void anEmptyArrayIsEmpty() {
        assertThat(decode("_int4", "{}")).isEqualTo(new Object[0]);
    }

    @Test
    void lowerBoundsAreRead() {
        assertThat(decode("_text", "[0:1]={a,b}")).isEqualTo(new Object[] {"a", "b"});
        assertThat(decode("_int4", "[-3:-3][5:6]={{1,2}}")).isEqualTo(new Object[] {new Object[] {1, 2}});
    }

    @Test
    void boxesAreSetApartBySemicolons() {
        assertThat(decode("_box", "{(1,1),(0,0);(3,3),(2,2)}")).isEqualTo(new Object[] {"(1,1),(0,0)", "(3,3),(2,2)"});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "{}}",
                "{a",
                "{a,",
                "{a,}",
                "{,a}",
                "{a}b",
                "a",
                "{\"a}",
                "{\"a\\",
                "{\"a\\\"}",
                "{\"a\"b}",
                "{a\"b\"}",
                "{a\\b}",
                "{a{b}",
                "{{a},b}",
                "{a,{b}}",
                "{{a},{b,c}}",
                "{{a},{{b}}}",
                "{{}}",
                "{{},{}}",
                "{{{{{{{a}}}}}}}",
                "[0:1]",
                "[0:1]=",
                "[0:1={a",
                "[x:y]={a}",
                "[0:1]{a}",
                " {a}",
                "{a};{b}"
            })
    void whatIsNoArrayIsAnErrorWithoutTheValue(String text) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode("_text", text))
                .withMessage("Malformed value of type array: expected the text form of an array")
                .withNoCause();
    }

    @Test
    void anElementThatIsNoneIsItsTypesError() {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode("_int4", "{1,x}"))
                .withMessageStartingWith("Malformed value of type int4:");
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode("_int4", "{\"\"}"))
                .withMessageStartingWith("Malformed value of type int4:");
    }

    @Test
    void everyArrayOfTextComesBackFromWhatTheServerWouldWrite() {
        long seed = Decoding.seed();
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            int[] lengths = random.ints(1 + random.nextInt(3), 1, 4).toArray();
            @Nullable Object[] array = randomArray(random, lengths, 0);
            String delimiter = random.nextBoolean() ? "," : ";";
            byte[] text = print(array, delimiter).getBytes(StandardCharsets.UTF_8);
            TypeDecoder<?> decoder = TextDecoders.array(TextDecoders.text(), delimiter.charAt(0));
            assertThat(Decoding.decode(decoder, text)).as("seed %d", seed).isEqualTo(array);
        }
    }

    private static @Nullable Object[] randomArray(Random random, int[] lengths, int depth) {
        @Nullable Object[] array = new @Nullable Object[lengths[depth]];
        for (int i = 0; i < array.length; i++) {
            array[i] = depth + 1 < lengths.length ? randomArray(random, lengths, depth + 1) : randomText(random);
        }
        return array;
    }

    private static @Nullable String randomText(Random random) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** As the server's array_out does. */
    private static String print(@Nullable Object[] array, String delimiter) {
        StringBuilder text = new StringBuilder();
        for (Object item : array) {
            text.append(text.isEmpty() ? "{" : delimiter);
            if (item instanceof Object[] nested) {
                text.append(print(nested, delimiter));
            } else {
                text.append(item == null ? "NULL" : quoted((String) item, delimiter));
            }
        }
        return text.append('}').toString();
    }

    private static String quoted(String item, String delimiter) {
        boolean plain = !item.isEmpty()
                && !item.toUpperCase(Locale.ROOT).equals("NULL")
                && item.chars().noneMatch(c -> "{}\"\\ \n".indexOf(c) >= 0)
                && !item.contains(delimiter);
        return plain ? item : '"' + item.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
