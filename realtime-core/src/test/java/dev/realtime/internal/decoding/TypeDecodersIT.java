package dev.realtime.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.internal.decoding.Typed.Form;
import dev.realtime.internal.decoding.Typed.Pair;
import dev.realtime.type.TypeCatalog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value is the one that pgjdbc's {@code getObject} gives for the same class, in either of its formats. */
class TypeDecodersIT {

    private static Typed typed;

    @BeforeAll
    static void open() {
        typed = new Typed();
    }

    @AfterAll
    static void close() throws SQLException {
        typed.close();
    }

    static Stream<List<String>> literals() {
        return Stream.of(
                List.of("bool", "true", "false"),
                List.of("int2", "0", "-32768", "32767"),
                List.of("int4", "0", "-2147483648", "2147483647"),
                List.of("int8", "0", "-9223372036854775808", "9223372036854775807"),
                List.of("oid", "0", "4294967295"),
                List.of(
                        "float4",
                        "0",
                        "-0",
                        "0.1",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "3.4028235e38",
                        "1e-45",
                        "16777217"),
                List.of(
                        "float8",
                        "0",
                        "-0",
                        "0.1",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "1e300",
                        "5e-324",
                        "1.7976931348623157e308"),
                List.of("float8", "0.30000000000000004", "9007199254740993", "1e15", "123456.789"),
                List.of(
                        "numeric",
                        "0",
                        "0.00",
                        "12345.678900",
                        "-0.00000000000000000001",
                        "99999999999999999999999999"),
                List.of("numeric(10,2)", "1", "-12.345"),
                List.of("text", "", " ", "two\nlines", "NULL", "Zürich", "😀", "a\\b\"c"),
                List.of("varchar(9)", "", "ab"),
                List.of("bpchar(5)", "", "ab", "abcde"),
                List.of("\"char\"", "a", ""),
                List.of("name", "ab"),
                List.of("bytea", "\\x", "\\x00ff5c"),
                List.of("uuid", "01234567-89ab-cdef-FEDC-ba9876543210"),
                List.of("date", "2024-02-29", "0001-01-01", "0001-12-31 BC", "0044-03-15 BC", "4714-11-24 BC"),
                List.of("date", "10000-01-01", "5874897-12-31", "infinity", "-infinity"),
                List.of("time", "00:00", "04:05:06.789", "23:59:59.999999", "24:00:00"),
                List.of("time(0)", "23:59:59.7"),
                List.of(
                        "timetz",
                        "00:00+00",
                        "04:05:06.789+05:30",
                        "23:59:59.999999-12",
                        "12:00-15:59:59",
                        "12:00+05:53:28"),
                List.of("timestamp", "2024-02-29 01:02:03.4", "1999-12-31 23:59:59.999999", "infinity", "-infinity"),
                List.of(
                        "timestamp",
                        "0044-03-15 10:00:00 BC",
                        "4714-11-24 00:00:00 BC",
                        "294276-12-31 23:59:59.999999"),
                List.of(
                        "timestamptz",
                        "2024-02-29 01:02:03.4+05:30",
                        "2024-03-31 02:30:00 Europe/Berlin",
                        "infinity",
                        "-infinity"),
                List.of(
                        "timestamptz",
                        "0044-03-15 10:00:00+00 BC",
                        "4714-11-24 00:00:00+00 BC",
                        "294276-12-31 23:59:59.999999+00"),
                List.of("timestamptz", "1880-01-01 00:00:00 Asia/Kolkata"),
                List.of("json", "{ \"a\" :  1, \"a\": 2 }"),
                List.of("jsonb", "{ \"b\" :  1, \"a\": 2 }"),
                List.of("xml", "<a b=\"c\"/>"),
                List.of("inet", "10.0.0.1/8", "::1"),
                List.of("cidr", "10.0.0.0/8"),
                List.of("macaddr", "08:00:2b:01:02:03"),
                List.of("bit(3)", "101"),
                List.of("varbit", "", "1"),
                List.of("int4range", "[1,5)", "empty", "(,)"));
    }

    @ParameterizedTest
    @MethodSource("literals")
    void aValueIsPgjdbcs(List<String> typeAndLiterals) throws SQLException {
        String type = typeAndLiterals.get(0);
        for (String literal : typeAndLiterals.subList(1, typeAndLiterals.size())) {
            String query = "SELECT " + quoted(literal) + "::" + type + " AS v";
            for (Form form : Form.values()) {
                requireSame(form, query);
            }
        }
    }

    /** Types that pgjdbc has no binary reader for, or prints in its own way there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "money|-12.34",
                "point|(1,2)",
                "box|(0,0),(1,1)",
                "tsvector|a b:2 c",
                "pg_lsn|16/B374D848",
                "tstzrange|[2024-01-01,)",
                "int4multirange|{[1,3),[5,7)}",
                "macaddr8|08:00:2b:01:02:03:04:05",
                "xid8|18446744073709551615",
                "int2vector|1 2 3",
                "tid|(0,1)",
                "timetz|24:00:00+05:30"
            })
    void aValueIsPgjdbcsInText(String type, String literal) throws SQLException {
        requireSame(Form.TEXT, "SELECT " + quoted(literal) + "::" + type + " AS v");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bool|CASE WHEN random() < 0.5 THEN true ELSE false END",
                "int4|(random() * 4294967295 - 2147483648)::int4",
                "int8|(random() * 9223372036854775807 - random() * 9223372036854775807)::int8",
                "float4|((random() - 0.5) * 10 ^ (random() * 70 - 35))::float4",
                "float4|(random() * 1000)::numeric(7,2)::float4",
                "float8|(random() - 0.5) * 10 ^ (random() * 600 - 300)",
                "float8|(random() * 1000000)::numeric(12,4)::float8",
                "numeric|round(((random() - 0.5) * 10 ^ (random() * 60 - 20))::numeric, (random() * 50)::int)",
                "numeric|(random() * 100000)::numeric(12,2)",
                "date|date '4714-11-24 BC' + (random() * 2147483493)::int4",
                "time|time '00:00' + random() * interval '1 day'",
                "timetz|timetz '00:00+00' + random() * interval '1 day'",
                "timestamp|timestamp '4714-11-24 BC' + random() * interval '298988 years'",
                "timestamp|timestamp '1970-01-01' + random() * interval '100 years'",
                "timestamptz|timestamptz '4714-11-24 00:00+00 BC' + random() * interval '298988 years'",
                "timestamptz|timestamptz '1970-01-01' + random() * interval '100 years'",
                "uuid|md5(random()::text)::uuid",
                "bytea|substring(decode(md5(random()::text), 'hex') FOR (random() * 16)::int)",
                "text|convert_from(substring(convert_to(md5(random()::text), 'UTF8') FOR (random() * 32)::int), 'UTF8')"
            })
    void everyValueIsPgjdbcs(String type, String expression) throws SQLException {
        double seed = (Decoding.seed() % 1_000_000) / 1_000_000.0;
        List<Pair> pairs = typed.pairs(
                Form.BINARY,
                "SELECT (" + expression + ")::" + type + " AS v FROM setseed(" + seed + "), generate_series(1, 2000)");
        assertThat(pairs)
                .hasSize(2000)
                .allSatisfy(pair -> assertThat(pair.ours())
                        .as("%s, setseed(%s)", pair.text(), seed)
                        .isEqualTo(pair.theirs()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xid", "cid"})
    void numbersOfTransactionsAreLongsWherePgjdbcHasText(String type) throws SQLException {
        assertThat(typed.decode("'4294967295'::" + type, TypeCatalog.builtIn())).isEqualTo(4_294_967_295L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int2[]|{1,NULL,-3}",
                "int4[]|{}",
                "int4[]|{{1,2},{3,4}}",
                "int8[]|[0:1]={1,2}",
                "bool[]|{t,f,NULL}",
                "float4[]|{0.1,NaN,-Infinity}",
                "float8[]|{{{0.1}}}",
                "numeric[]|{1.50,-2}",
                "text[]|{\"a,b\",NULL,\"NULL\",\"q\\\"z\",\"\",\"\\\\\",\"{}\",plain,\" x\"}",
                "varchar[]|[-1:0][3:3]={{é},{😀}}",
                "bpchar(3)[]|{a,bcd}",
                "bytea[]|{\"\\\\x00ff\",\"\\\\x\"}",
                "uuid[]|{01234567-89ab-cdef-fedc-ba9876543210,NULL}",
                "date[]|{2024-02-29,infinity,\"0044-03-15 BC\"}",
                "time[]|{04:05:06.789,24:00:00}",
                "timetz[]|{04:05:06.789+05:30}",
                "timestamp[]|{\"2024-02-29 01:02:03.4\",-infinity}",
                "timestamptz[]|{\"2024-02-29 01:02:03.4+02\",infinity}",
                "json[]|{\"{\\\"a\\\": [1, 2]}\",null}",
                "jsonb[]|{\"{\\\"a\\\": [1, 2]}\"}",
                "inet[]|{10.0.0.1}",
                "box[]|{(1,1),(0,0);(3,3),(2,2)}",
                "int4range[]|{\"[1,5)\",empty}"
            })
    void theElementsOfAnArrayArePgjdbcsValues(String type, String literal) throws SQLException {
        String array = quoted(literal) + "::" + type;
        List<@Nullable Object> ours = new ArrayList<>();
        flatten(typed.decode(array, TypeCatalog.builtIn()), ours);
        List<@Nullable Object> theirs = new ArrayList<>();
        for (Pair pair : typed.pairs(Form.TEXT, "SELECT unnest(" + array + ") AS v")) {
            theirs.add(pair.theirs());
        }
        assertThat(ours.toArray()).isEqualTo(theirs.toArray());
    }

    private static void requireSame(Form form, String query) throws SQLException {
        for (Pair pair : typed.pairs(form, query)) {
            assertThat(pair.ours()).as("%s in %s", query, form).isEqualTo(pair.theirs());
        }
    }

    private static void flatten(@Nullable Object value, List<@Nullable Object> into) {
        if (value instanceof Object[] array) {
            Arrays.stream(array).forEach(element -> flatten(element, into));
        } else {
            into.add(value);
        }
    }

    private static String quoted(String literal) {
        return "'" + literal.replace("'", "''") + "'";
    }
}
