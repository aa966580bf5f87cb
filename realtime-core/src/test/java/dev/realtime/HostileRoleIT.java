package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.Update;
import dev.realtime.support.PlainMapping;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a role's settings say decides nothing: neither about a value nor about whether the stream works. */
class HostileRoleIT {

    private static final List<String> HOSTILITIES = List.of(
            "extra_float_digits = -15",
            "bytea_output = escape",
            "IntervalStyle = sql_standard",
            "DateStyle = 'SQL, DMY'",
            "TimeZone = 'America/St_Johns'",
            "search_path = hostile",
            "client_encoding = LATIN1",
            "lc_monetary = 'C.UTF-8'",
            "xmlbinary = hex",
            "xmloption = document",
            "standard_conforming_strings = off",
            "array_nulls = off",
            "quote_all_identifiers = on",
            "client_min_messages = error",
            "default_transaction_read_only = on",
            "default_transaction_isolation = serializable",
            "default_transaction_deferrable = on",
            "statement_timeout = '1s'",
            "lock_timeout = '1ms'",
            "idle_in_transaction_session_timeout = '1s'",
            "wal_sender_timeout = '1s'");

    /** What shadows the catalogue for a role whose search path begins with it. */
    private static final List<String> DECOYS = List.of(
            "CREATE SCHEMA hostile",
            "CREATE TABLE hostile.pg_publication (pubname text)",
            "CREATE TABLE hostile.pg_replication_slots (slot_name text)",
            "CREATE TABLE hostile.sample (id bigint PRIMARY KEY)",
            "CREATE FUNCTION hostile.set_config(text, text, boolean) RETURNS text LANGUAGE sql AS 'SELECT NULL::text'",
            "CREATE FUNCTION hostile.never(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT false'",
            "CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.never)",
            "GRANT USAGE ON SCHEMA hostile TO PUBLIC");

    /** Column, type, value, other value. */
    private static final String[][] COLUMNS = {
        {"r", "real", "0.1::real / 3", "'NaN'"},
        {"d", "double precision", "0.1::float8 + 0.2::float8", "1e-308"},
        {"n", "numeric", "12345.678900", "-0.00000000000000000001"},
        {"cash", "money", "12.34", "-1"},
        {"bytes", "bytea", "'\\x005c27ff'", "''"},
        {"i", "interval", "'-1 mon +2 days -03:00:00.5'", "'1 year 2 mons 3 days 04:05:06.789'"},
        {"day", "date", "'2024-03-04'", "'0044-03-15 BC'"},
        {"at", "timestamptz", "'2024-03-04 05:06:07.89+00'", "'infinity'"},
        {"local", "timestamp", "'2024-03-04 05:06:07.89'", "'-infinity'"},
        {"clock", "time", "'05:06:07.89'", "'24:00'"},
        {"offset_clock", "timetz", "'05:06:07.89+05:30'", "'00:00-12'"},
        {"body", "text", "E'caf\\u00e9 \\u20ac\\n'", "''"},
        {"doc", "xml", "'<a>\u00e9</a>'", "'text alone'"},
        {"j", "jsonb", "'{\"a\": [1, null]}'", "'null'"},
        {"floats", "float8[]", "ARRAY[0.1::float8 + 0.2::float8, NULL]", "'{}'"},
        {"times", "timestamptz[]", "ARRAY['2024-03-04 05:06:07+00'::timestamptz]", "'{}'"},
        {"spans", "interval[]", "ARRAY['-1 mon'::interval]", "'{}'"},
        {"blobs", "bytea[]", "ARRAY['\\x5c00'::bytea]", "'{}'"},
        {"days", "daterange", "'[2024-03-04,2024-03-05)'", "'empty'"},
        {"during", "tstzrange", "'[2024-03-04 05:06:07+00,)'", "'empty'"},
        {"pair", "pair", "ROW(0.1::float8 + 0.2::float8, '2024-03-04', '\\x00')", "NULL"}
    };

    /** A row by its columns. */
    static final class Sample {
        Long id;
        final Map<String, Object> values = new LinkedHashMap<>();

        /** Exact to the last bit and the last element. */
        @Override
        public String toString() {
            return id + exact(values);
        }
    }

    private static String exact(Map<String, ?> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, Arrays.deepToString(new Object[] {value})));
        return texts.toString();
    }

    @RegisterExtension
    private final Streams streams = new Streams();

    private String plain;
    private String hostile;

    @BeforeEach
    void rolesAndTable() throws Exception {
        plain = streams.database().unique("plain");
        hostile = streams.database().unique("hostile");
        streams.execute("CREATE TYPE pair AS (f float8, d date, b bytea)");
        StringBuilder columns = new StringBuilder("id bigint PRIMARY KEY");
        for (String[] column : COLUMNS) {
            columns.append(", ").append(column[0]).append(' ').append(column[1]);
        }
        streams.execute("CREATE TABLE sample (" + columns + ")");
    }

    @Test
    void gets_the_same_events_as_a_plain_one() throws Exception {
        String owners = streams.database().unique("owners");
        streams.execute(
                "CREATE ROLE " + owners,
                "CREATE ROLE " + plain + " LOGIN REPLICATION IN ROLE " + owners,
                "CREATE ROLE " + hostile + " LOGIN REPLICATION IN ROLE " + owners,
                "GRANT CREATE ON DATABASE " + streams.database().name() + " TO " + owners,
                "ALTER TABLE sample OWNER TO " + owners);
        streams.execute(DECOYS.toArray(String[]::new));
        streams.execute(HOSTILITIES.stream()
                .map(setting -> "ALTER ROLE " + hostile + " SET " + setting)
                .toArray(String[]::new));
        Received<Sample> expected = new Received<>();
        Received<Sample> actual = new Received<>();
        start(plain, expected);
        start(hostile, actual);

        String[] names = column(0);
        streams.execute(
                "INSERT INTO sample VALUES (1, " + String.join(", ", column(2)) + ")",
                "UPDATE sample SET (" + String.join(", ", names) + ") = ROW(" + String.join(", ", column(3)) + ")",
                "DELETE FROM sample");

        Insert<Sample> insert = expected.next(Insert.class);
        assertThat(insert.after().values)
                .containsEntry("d", 0.30000000000000004)
                .containsEntry("n", new BigDecimal("12345.678900"))
                .containsEntry("bytes", new byte[] {0, 0x5c, 0x27, -1})
                .containsEntry("day", LocalDate.of(2024, 3, 4))
                .containsEntry("at", OffsetDateTime.parse("2024-03-04T05:06:07.890Z"))
                .containsEntry("body", "caf\u00e9 \u20ac\n")
                .containsKeys(names);
        Insert<Sample> sameInsert = actual.next(Insert.class);
        assertThat(sameInsert.after()).hasToString(insert.after().toString());
        Update<Sample> update = expected.next(Update.class);
        Update<Sample> sameUpdate = actual.next(Update.class);
        assertThat(update.changes().asMap()).containsOnlyKeys(names);
        assertThat(sameUpdate.before())
                .get()
                .hasToString(update.before().orElseThrow().toString());
        assertThat(sameUpdate.after()).hasToString(update.after().toString());
        assertThat(changes(sameUpdate)).isEqualTo(changes(update));
        Delete<Sample> delete = expected.next(Delete.class);
        Delete<Sample> sameDelete = actual.next(Delete.class);
        assertThat(sameDelete.before())
                .get()
                .hasToString(delete.before().orElseThrow().toString());
        assertThat(sameDelete.transaction()).isEqualTo(delete.transaction());
    }

    private void start(String role, Received<Sample> received) {
        PlainMapping<Sample> mapping = PlainMapping.of(Sample.class, Sample::new, "public", "sample")
                .id("id", "id", Long.class, (sample, value) -> sample.id = value);
        for (String column : column(0)) {
            mapping.with(column, column, Object.class, (sample, value) -> sample.values.put(column, value));
        }
        streams.start(Realtime.register(Sample.class)
                .from(PlainMapping.all(mapping))
                .connectingTo(streams.database().url(), role, () -> null)
                .slot(role)
                .fullImages(Sample.class)
                .on(Sample.class, received));
    }

    private static String[] column(int index) {
        String[] values = new String[COLUMNS.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = COLUMNS[i][index];
        }
        return values;
    }

    private static String changes(Update<Sample> update) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        update.changes()
                .asMap()
                .forEach((name, change) -> pairs.put(name, new Object[] {change.before(), change.after()}));
        return exact(pairs);
    }
}
