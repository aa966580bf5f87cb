package dev.realtime.internal.decoding;

import java.util.ArrayList;
import java.util.List;

/**
 * Every type that a stock PostgreSQL has, and one of each kind that users make, with literals at the edges and an
 * expression for a random value ({@code types.sql} has its functions). docs/types.md is compared with this list.
 */
final class Samples {

    /** Which form of a value its decoding rests on in a binary stream. */
    enum Binary {
        /** Its send function's. */
        YES,
        /** It has none: text comes. */
        NO_SEND_FUNCTION,
        /** What it writes does not tell the text: refused. */
        REFUSED
    }

    /**
     * A type.
     *
     * @param name as docs/types.md names it
     * @param column the type of a column
     * @param random an expression of SQL, another value at each evaluation
     * @param edges literals
     */
    record Sample(String name, String column, String random, Binary binary, boolean inArrays, List<String> edges) {

        Sample as(Binary form, boolean arrays) {
            return new Sample(name, column, random, form, arrays, edges);
        }
    }

    private final List<Sample> samples = new ArrayList<>();

    private Samples() {}

    static List<Sample> all() {
        Samples all = new Samples();
        all.numbers();
        all.strings();
        all.moments();
        all.networkAndGeometry();
        all.documents();
        all.identifiers();
        all.ranges();
        all.made();
        return List.copyOf(all.samples);
    }

    private void numbers() {
        add("bool", "random() < 0.5", "t", "f");
        add("int2", "r_int(-32768, 32767)::int2", "-32768", "0", "32767");
        add("int4", "r_int(-2147483648, 2147483647)::int4", "-2147483648", "0", "2147483647");
        add("int8", "r_int8()", "-9223372036854775808", "0", "9223372036854775807");
        add(
                "float4",
                "r_float4()",
                "0",
                "-0",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e-45",
                "1.17549435e-38",
                "3.4028235e38",
                "16777216",
                "33554432",
                "1e6",
                "999999",
                "0.0001",
                "0.00001");
        add(
                "float8",
                "r_float()",
                "0",
                "-0",
                "NaN",
                "Infinity",
                "-Infinity",
                "5e-324",
                "2.2250738585072014e-308",
                "1.7976931348623157e308",
                "0.30000000000000004",
                "1e15",
                "999999999999999",
                "123456789012345",
                "1e23",
                "9007199254740993",
                "0.0001",
                "0.00001",
                "1e300");
        add(
                "numeric",
                "r_numeric()",
                "0",
                "0.00",
                "12345.678900",
                "-0.00000000000000000001",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e1000",
                "0.5",
                "10000",
                "100000000",
                "99999999.9999",
                "0.00010000");
        add("money", "(r_int8() / 100000.0)::numeric::money", "0", "-0.01", "1", "999.99", "1000", "-1234567.89");
        edge("money", "-92233720368547758.08", "92233720368547758.07");
    }

    private void strings() {
        add("text", "r_text()", "", " ", "NULL", "null", "two\nlines", "größe 😀", "a\\b\"c'd", "{}", "(,)");
        add("varchar", "left(r_text(), 9)::varchar(9)", "", "ab ");
        typed("bpchar", "char(7)", "left(r_text(), 7)::char(7)", "", "ab", "abcdefg");
        typed("char", "\"char\"", "chr(r_int(1, 127)::int)::\"char\"", "", "a", " ", "\"", "\\");
        add("name", "left(r_text(), 20)::name", "", "a b");
        add("bytea", "decode(r_hex(2 * r_int(0, 16)::int), 'hex')", "\\x", "\\x00ff5c27220a");
        add("uuid", "md5(random()::text)::uuid", "00000000-0000-0000-0000-000000000000");
        edge("uuid", "ffffffff-ffff-ffff-ffff-ffffffffffff");
        typed("bit", "bit(11)", "r_int(0, 2047)::bit(11)", "00000000000", "11111111111");
        typed("varbit", "varbit", "substring(r_int8()::bit(64) FOR r_int(0, 64)::int)", "", "1", "00000000");
    }

    private void moments() {
        add("date", "r_date()", "2024-02-29", "0001-01-01", "0001-12-31 BC", "0044-03-15 BC", "4714-11-24 BC");
        edge("date", "9999-12-31", "10000-01-01", "5874897-12-31", "infinity", "-infinity", "1999-12-31", "2000-01-01");
        add("time", "r_time()", "00:00", "04:05:06.789", "23:59:59.999999", "24:00:00");
        add(
                "timetz",
                "(r_time()::text || (ARRAY['+', '-'])[r_int(1, 2)] || concat_ws(':', lpad(r_int(0, 15)::text, 2, '0'),"
                        + " lpad(r_int(0, 59)::text, 2, '0'), lpad((r_int(0, 59) * r_int(0, 1))::text, 2, '0')))::timetz",
                "00:00+00",
                "23:59:59.999999-12",
                "12:00-15:59:59",
                "12:00+05:53:28",
                "24:00:00+05:30",
                "24:00:00-15:59:59");
        add(
                "timestamp",
                "r_timestamp()",
                "2024-02-29 01:02:03.4",
                "1999-12-31 23:59:59.999999",
                "infinity",
                "-infinity",
                "0044-03-15 10:00:00 BC",
                "4714-11-24 00:00:00 BC",
                "10000-01-01 00:00",
                "294276-12-31 23:59:59.999999");
        add(
                "timestamptz",
                "r_timestamp() AT TIME ZONE 'UTC'",
                "2024-02-29 01:02:03.4+05:30",
                "2024-03-31 02:30:00 Europe/Berlin",
                "infinity",
                "-infinity",
                "4714-11-24 00:00:00+00 BC",
                "294276-12-31 23:59:59.999999+00");
        add("interval", "r_interval()", "0", "1 mon", "-1 mon +2 days -03:00:00", "-0.000001 s", "4:05:06.789");
        edge("interval", "178956970 years 7 mons", "-178956970 years -8 mons", "-2147483648 days", "100000:00:00.5");
    }

    private void networkAndGeometry() {
        add(
                "inet",
                "r_inet()",
                "10.0.0.1",
                "10.0.0.1/8",
                "::1",
                "::",
                "::ffff:1.2.3.4",
                "::1.2.3.4",
                "::2",
                "::1:0/64");
        edge("inet", "1:0:0:2:0:0:0:3", "1:0:0:2:3:0:0:4", "fe80::1/10", "0.0.0.0/0", "1::", "::ffff:0:1.2.3.4");
        add("cidr", "network(r_inet())", "10.0.0.0/8", "10.0.0.1/32", "::/0", "::1/128");
        add("macaddr", "r_hex(12)::macaddr", "08:00:2b:01:02:03");
        add("macaddr8", "r_hex(16)::macaddr8", "08:00:2b:01:02:03:04:05");
        add("point", "r_point()", "(1,2)", "(-0,NaN)", "(Infinity,-1.5e-10)");
        add("lseg", "lseg(r_point(), r_point())", "[(1,2),(3,4)]");
        add("box", "box(r_point(), r_point())", "(0,0),(1,1)");
        add("line", "('{' || r_float() || ',1,' || r_float() || '}')::line", "{1,-1,0}");
        add("path", "(CASE WHEN random() < 0.5 THEN '[' || r_points() || ']' ELSE '(' || r_points() || ')' END)::path");
        edge("path", "((0,0),(1,1))", "[(0,0)]");
        add("polygon", "('(' || r_points() || ')')::polygon", "((0,0),(1,1),(2,0))");
        add("circle", "circle(r_point(), abs(r_float()))", "<(1,2),3>");
    }

    private void documents() {
        add("json", "json_build_object(r_text(), r_text())", "{ \"a\" :  1, \"a\": 2 }", "null", "[1, {}]", "1e400");
        add(
                "jsonb",
                "jsonb_build_object(r_text(), jsonb_build_array(r_numeric(), r_text()))",
                "{ \"b\" :  1, \"a\": 2 }");
        edge("jsonb", "null", "[]");
        add(
                "jsonpath",
                "('$.' || to_json(r_text())::text || '[*] ? (@.b > ' || r_int(0, 9) || ')')::jsonpath",
                "$",
                "lax $.a");
        add("xml", "xmlelement(name a, r_text())", "<a b=\"c\"/>", "", "<?xml version=\"1.0\"?><größe/>");
        add(
                "tsvector",
                "setweight(array_to_tsvector(ARRAY[r_word(), r_text() || '.']), 'B') || setweight(to_tsvector('simple',"
                        + " concat_ws(' ', r_word(), r_word(), r_word())), (ARRAY['A', 'B', 'C', 'D'])[r_int(1, 4)]::\"char\")",
                "",
                "a b:2 c:1A,3B,16383C",
                "'it''s' 'x\\\\y'");
        add(
                "tsquery",
                "r_tsquery(3)",
                "",
                "a & (b | !c) <-> d",
                "a <2> (b <-> c)",
                "(a <-> b) <-> c",
                "!(a & b)",
                "a:*AB");
        edge("tsquery", "!!a", "a <0> b", "!(a <-> b) & c", "(a | b) & c", "a | (b | c)");
    }

    private void identifiers() {
        add("oid", "r_int(0, 4294967295)::oid", "0", "4294967295");
        add("xid", "r_int(0, 4294967295)::text::xid", "0", "4294967295");
        add("cid", "r_int(0, 4294967295)::text::cid", "0", "4294967295");
        add("xid8", "(r_int8() & 9223372036854775807)::text::xid8", "0", "18446744073709551615");
        add(
                "tid",
                "('(' || r_int(0, 4294967295) || ',' || r_int(0, 65535) || ')')::tid",
                "(0,1)",
                "(4294967295,65535)");
        add(
                "pg_lsn",
                "(to_hex(r_int(0, 4294967295)) || '/' || to_hex(r_int(0, 4294967295)))::pg_lsn",
                "0/0",
                "16/B374D848");
        edge("pg_lsn", "FFFFFFFF/FFFFFFFF");
        add(
                "pg_snapshot",
                "('10:' || r_int(20, 90) || ':10,14,' || r_int(15, 19))::pg_snapshot",
                "10:10:",
                "10:20:10,14");
        add("txid_snapshot", "('10:' || r_int(20, 90) || ':10,14,15')::txid_snapshot", "10:10:", "10:20:10,14");
        add("int2vector", "(r_int(-9, 9) || ' ' || r_int(-9, 9))::int2vector", "", "1 2 3");
        add("oidvector", "(r_int(0, 9) || ' ' || r_int(0, 9))::oidvector", "", "1 2 4294967295");
        add("refcursor", "r_text()::refcursor", "", "a b");
        for (String name : List.of("regclass", "regtype", "regproc", "regprocedure", "regoper", "regoperator")) {
            add(name, "'0'::" + name, "0");
        }
        for (String name : List.of("regnamespace", "regrole", "regconfig", "regdictionary", "regcollation")) {
            add(name, "'0'::" + name, "0");
        }
        edge("regclass", "pg_class");
        edge("regtype", "int4", "timestamptz");
        edge("regprocedure", "abs(int4)");
        samples.replaceAll(sample -> sample.name().startsWith("reg") ? sample.as(Binary.REFUSED, true) : sample);
        typed("aclitem", "aclitem", "'=r/postgres'::aclitem", "=r/postgres");
        last(samples.get(samples.size() - 1).as(Binary.NO_SEND_FUNCTION, false));
    }

    private void ranges() {
        add(
                "int4range",
                range("int4range", "r_int(-9, 0)::int4", "r_int(0, 9)::int4"),
                "[1,5)",
                "empty",
                "(,)",
                "[1,1]");
        add("int8range", range("int8range", "r_int(-9, 0)", "r_int(0, 9)"), "[1,5)", "empty", "(,)");
        add("numrange", range("numrange", "-abs(r_numeric())", "abs(r_numeric())"), "[1.50,2)", "empty", "[,1]");
        add(
                "daterange",
                range("daterange", "date '1990-01-01' - r_int(0, 999)::int", "date '1990-01-01'"),
                "[2024-01-01,)");
        edge("daterange", "[0044-03-15 BC,infinity]");
        add(
                "tsrange",
                range(
                        "tsrange",
                        "timestamp '1990-01-01' - abs(r_int(0, 999999)) * interval '1s'",
                        "timestamp '1990-01-01'"));
        edge("tsrange", "[2024-01-01 00:00,2024-01-01 00:00:00.5)", "empty");
        add(
                "tstzrange",
                range(
                        "tstzrange",
                        "timestamptz '1990-01-01' - r_int(0, 999999) * interval '1s'",
                        "timestamptz '1990-01-01'"));
        edge("tstzrange", "[2024-01-01 00:00+00,)", "(-infinity,infinity]", "[0044-03-15 10:00:00+00 BC,)");
        for (String name : List.of("int4", "int8", "num", "date", "ts", "tstz")) {
            add(
                    name + "multirange",
                    name + "multirange(" + named(name + "range").random() + ")",
                    "{}",
                    "{empty}");
        }
        edge("int4multirange", "{[1,3),[5,7)}");
        edge("tsmultirange", "{[2024-01-01 00:00,2024-01-02 00:00),[2024-01-03 00:00,)}");
    }

    private void made() {
        typed("enum", "mood", "(enum_range(NULL::mood))[r_int(1, 9)]", "sad", "so, \"so\"", "NULL", "größe");
        typed("domain", "cents", "r_int(0, 99)::cents", "0", "5");
        typed("domain over domain", "price", "r_int(0, 99)::price", "0", "5");
        typed("domain over an extension's type", "email", "r_text()::email", "A@b.c");
        typed("domain over an array", "list", "r_list()", "{}", "{1,NULL}", "[0:1]={1,2}");
        typed("composite", "pair", "r_pair()", "(1,\"x,\"\"y\",2024-01-01,1.50)", "(,,,)", "(,\"\",,)");
        typed(
                "composite of composites",
                "nested",
                "ROW(r_pair(), ARRAY[r_pair(), NULL, r_pair()], (enum_range(NULL::mood))[r_int(1, 9)],"
                        + " tstzrange(now(), NULL), r_float(), r_interval(), decode(r_hex(6), 'hex'), r_int(0, 9))::nested",
                "(,,,,,,,)",
                "(\"(1,\"\"a b\"\",,)\",{},sad,empty,-0,P1Y,\"\\\\x00\",5)");
        typed(
                "range of one's own",
                "floatspan",
                range("floatspan", "-abs(r_float())", "abs(r_float())"),
                "[1.5,2.5)",
                "empty");
        edge("range of one's own", "[-Infinity,NaN]");
        typed("range of text", "textspan", "r_textspan()", "[\"\",\"a b\")", "(,\"q\"\"z\\\\\"]");
        typed(
                "multirange of one's own",
                "textspans",
                "textspans(textspan(r_word(), NULL))",
                "{}",
                "{[a,b),[c,\"d e\"]}");
        add(
                "hstore",
                "hstore(r_text(), r_text()) || hstore(r_text(), NULL)",
                "",
                "a=>1, b=>NULL",
                "\"a\\\"b\"=>\"\\\\\"");
        add("citext", "r_text()::citext", "", "Ab");
        add("ltree", "(r_word() || '.' || r_word())::ltree", "", "Top.Science.Astronomy");
        add("lquery", "(r_word() || '.*{1,2}')::lquery", "Top.*.Science@*|b");
        add("ltxtquery", "(r_word() || ' & ! ' || r_word())::ltxtquery", "Europe & Russia*@ & !Transportation");
    }

    private static String range(String type, String low, String high) {
        return "CASE r_int(0, 5) WHEN 0 THEN 'empty' ELSE " + type + "(CASE WHEN random() < 0.8 THEN " + low
                + " END, CASE WHEN random() < 0.8 THEN " + high
                + " END, (ARRAY['[]', '[)', '(]', '()'])[r_int(1, 4)]) END";
    }

    private void add(String name, String random, String... edges) {
        typed(name, name, random, edges);
    }

    private void typed(String name, String column, String random, String... edges) {
        samples.add(new Sample(name, column, random, Binary.YES, true, List.of(edges)));
    }

    private void edge(String name, String... more) {
        samples.replaceAll(sample -> {
            if (!sample.name().equals(name)) {
                return sample;
            }
            List<String> edges = new ArrayList<>(sample.edges());
            edges.addAll(List.of(more));
            return new Sample(name, sample.column(), sample.random(), sample.binary(), sample.inArrays(), edges);
        });
    }

    private void last(Sample sample) {
        samples.set(samples.size() - 1, sample);
    }

    private Sample named(String name) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
