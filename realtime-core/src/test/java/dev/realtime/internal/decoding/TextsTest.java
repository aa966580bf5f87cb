package dev.realtime.internal.decoding;

import static dev.realtime.internal.decoding.Decoding.decode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.DecodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NULL",
                "plain",
                "two\nlines",
                "Zürich",
                "日本語",
                "😀 four bytes",
                "\uFFFD meant so",
                "a\u0001b"
            })
    void textIsItself(String text) {
        for (String type : new String[] {"text", "varchar", "bpchar", "name", "char"}) {
            assertThat(decode(type, text)).isEqualTo(text);
        }
    }

    @Test
    void paddingStays() {
        assertThat(decode("bpchar", "ab   ")).isEqualTo("ab   ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json|{ \"a\" :  1, \"a\": 2 }",
                "jsonb|{\"a\": 1}",
                "xml|<a b=\"c\"/>",
                "money|-$1,234.50",
                "inet|192.168.0.1/24",
                "cidr|2001:db8::/32",
                "macaddr|08:00:2b:01:02:03",
                "macaddr8|08:00:2b:01:02:03:04:05",
                "point|(1,2)",
                "box|(1,1),(0,0)",
                "bit|0101",
                "varbit|1",
                "tsvector|'a':1 'b':2",
                "pg_lsn|16/B374D848",
                "int4range|[1,5)",
                "tstzrange|[\"2024-01-01 00:00:00+00\",)",
                "int4multirange|{[1,3),[5,7)}",
                "int2vector|1 2 3",
                "xid8|18446744073709551615"
            })
    void whatJavaHasNoValueForIsItsText(String type, String text) {
        assertThat(decode(type, text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "61c3", "c328", "e28228", "f09f98", "eda080", "c080", "efbfbdff"})
    void bytesThatAreNoUtf8AreAnErrorInsteadOfAReplacement(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> Decoding.decoder("text").decode(bytes, 0, bytes.length))
                .withMessageContaining("SQL_ASCII");
    }

    @Test
    void boolIsTOrF() {
        assertThat(decode("bool", "t")).isEqualTo(true);
        assertThat(decode("bool", "f")).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "true", "T", "1", "tt"})
    void whatIsNoBoolIsAnError(String text) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode("bool", text))
                .withMessage("Malformed value of type bool: expected t or f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "01234567-89ab-cdef-FEDC-BA9876543210",
                "80000000-0000-4000-8000-000000000001"
            })
    void uuidIsAUuid(String text) {
        assertThat(decode("uuid", text)).isEqualTo(UUID.fromString(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0000000000000000000000000000000000000",
                "01234567-89ab-cdef-fedc-ba987654321",
                "01234567-89ab-cdef-fedc-ba98765432100",
                "0123456789ab-cdef-fedc-ba9876543210-",
                "g1234567-89ab-cdef-fedc-ba9876543210",
                "01234567-89ab-cdef-fedc-ba987654321é",
                "01234567-89ab-cdef-fedc-ba98765432\n0"
            })
    void whatIsNoUuidIsAnError(String text) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode("uuid", text))
                .withMessageStartingWith("Malformed value of type uuid: expected");
    }

    @ParameterizedTest
    @CsvSource({"\\x, ''", "\\x00ff, 00ff", "\\xDEADbeef, deadbeef", "'', ''"})
    void byteaIsItsBytes(String text, String hex) {
        assertThat(decode("bytea", text)).isEqualTo(HexFormat.of().parseHex(hex));
    }

    @Test
    void byteaInEscapeFormIsReadToo() {
        assertThat(decode("bytea", "a\\\\b\\000\\377\\012 ~"))
                .isEqualTo("a\\b\0\u00ff\n ~".getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x0", "\\x0g", "\\xzz", "\\", "\\0", "\\01", "\\400", "\\008", "\\0-1", "a\\", "\\x é"})
    void whatIsNoByteaIsAnError(String text) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode("bytea", text))
                .withMessageStartingWith("Malformed value of type bytea: expected");
    }
}
