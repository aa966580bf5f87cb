package dev.realtime.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realtime.internal.decoding.Typed.Form;
import dev.realtime.internal.setup.TypeCatalogue;
import dev.realtime.type.PgInterval;
import dev.realtime.type.PgType;
import dev.realtime.type.TypeCatalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's own word on its types: the built-in ones, those that users make, and the three parts of an interval. */
class ServerTypesIT {

    private static Typed typed;

    @BeforeAll
    static void open() throws SQLException {
        typed = new Typed();
        typed.database.execute(
                "CREATE EXTENSION hstore",
                "CREATE EXTENSION citext",
                "CREATE TYPE mood AS ENUM ('sad', 'so, \"so\"', 'ok')",
                "CREATE DOMAIN cents AS int4 CHECK (VALUE >= 0)",
                "CREATE DOMAIN price AS cents",
                "CREATE DOMAIN list AS int4[]",
                "CREATE DOMAIN email AS citext",
                "CREATE TYPE pair AS (a int4, b text, c date)",
                "CREATE TYPE span AS RANGE (subtype = float8)");
    }

    @AfterAll
    static void close() throws SQLException {
        typed.close();
    }

    @Test
    void theBuiltInTypesAreThoseOfTheServer() throws SQLException {
        Collection<PgType> builtIn = TypeCatalog.builtIn().types();
        assertThat(types("t.oid < 10000")).containsAll(builtIn);
        assertThat(types("t.oid < 10000 AND (t.typarray <> 0 OR e.oid IS NOT NULL) AND t.typtype IN ('b', 'r', 'm')"
                        + " AND (e.typtype IS NULL OR e.typtype IN ('b', 'r', 'm'))"))
                .as("those that a column can have and the table knows")
                .hasSameElementsAs(builtIn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'so, \"so\"'::mood",
                "'(1,\"x,\"\"y\",2024-01-01)'::pair",
                "'[1.5,2.5)'::span",
                "'Ab'::citext",
                "'a=>1, b=>NULL'::hstore"
            })
    void whatUsersMakeIsTheServersText(String value) throws SQLException {
        assertThat(decode(value)).isEqualTo(typed.database.value("SELECT format('%s', " + value + ")"));
    }

    @Test
    void whatUsersMakeStandsInArraysToo() throws SQLException {
        assertThat(decode("ARRAY['sad', 'so, \"so\"', NULL]::mood[]"))
                .isEqualTo(new @Nullable Object[] {"sad", "so, \"so\"", null});
        assertThat(decode("ARRAY['(1,\"x,\"\"y\",)', NULL]::pair[]"))
                .isEqualTo(new @Nullable Object[] {"(1,\"x,\"\"y\",)", null});
        assertThat(decode("ARRAY['[1.5,2.5)', 'empty']::span[]")).isEqualTo(new Object[] {"[1.5,2.5)", "empty"});
        assertThat(decode("ARRAY[['Ab', NULL]]::citext[]"))
                .isEqualTo(new Object[] {new @Nullable Object[] {"Ab", null}});
        assertThat(decode("ARRAY['a=>\"x,\\\"y\"']::hstore[]")).isEqualTo(new Object[] {"\"a\"=>\"x,\\\"y\""});
    }

    @Test
    void aDomainIsWhatLiesBeneathIt() throws SQLException {
        assertThat(decode("5::cents")).isEqualTo(5);
        assertThat(decode("5::price")).isEqualTo(5);
        assertThat(decode("ARRAY[5, NULL]::price[]")).isEqualTo(new @Nullable Object[] {5, null});
        assertThat(decode("'{5,6}'::list")).isEqualTo(new Object[] {5, 6});
        assertThat(decode("ARRAY['{5,6}', '{}']::list[]")).isEqualTo(new Object[] {new Object[] {5, 6}, new Object[0]});
        assertThat(decode("'A@b.c'::email")).isEqualTo("A@b.c");
    }

    @Test
    void everyIntervalHasTheServersParts() throws SQLException {
        double seed = (Decoding.seed() % 1_000_000) / 1_000_000.0;
        String intervals =
                "SELECT make_interval(months => (random() * 4000 - 2000)::int, days => (random() * 4000 - 2000)::int)"
                        + " + ((random() - 0.5) * 10 ^ (random() * 12 - 6)) * interval '1 second' AS i"
                        + " FROM setseed(" + seed + "), generate_series(1, 2000)";
        requireParts(intervals);
        requireParts(
                "SELECT unnest(ARRAY['0', '1 mon', '-1 mon +2 days -03:00:00', '-0.000001 s', '178956970 years 7 mons',"
                        + " '-178956970 years -8 mons', '-2147483648 days']::interval[]) AS i");
    }

    @Test
    void infiniteIntervalsAreTheServersFrom17On() throws SQLException {
        assumeTrue(typed.database.server().majorVersion() >= 17, "intervals are finite before version 17");
        assertThat(decode("interval 'infinity'")).isEqualTo(PgInterval.INFINITY);
        assertThat(decode("interval '-infinity'")).isEqualTo(PgInterval.NEGATIVE_INFINITY);
    }

    private static void requireParts(String intervals) throws SQLException {
        String sql = "SELECT format('%s', i), extract(year FROM i)::int8 * 12 + extract(month FROM i)::int8,"
                + " extract(day FROM i)::int8,"
                + " extract(hour FROM i)::int8 * 3600000000 + extract(minute FROM i)::int8 * 60000000"
                + " + extract(microseconds FROM i)::int8 FROM (" + intervals + ") q";
        try (PreparedStatement statement = typed.connection(Form.TEXT).prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String text = rows.getString(1);
                PgInterval expected = new PgInterval(rows.getInt(2), rows.getInt(3), rows.getLong(4));
                assertThat(Decoding.decode("interval", text)).as(text).isEqualTo(expected);
                assertThat(expected).hasToString(text);
            }
        }
    }

    private static Object decode(String value) throws SQLException {
        return typed.decode(value, TypeCatalog.builtIn().with(types("t.oid >= 10000")));
    }

    /** As the library asks for them. */
    private static List<PgType> types(String condition) throws SQLException {
        String sql = "SELECT t.oid::int8 FROM pg_type t LEFT JOIN pg_type e ON e.typarray = t.oid WHERE " + condition;
        Set<Integer> oids = new HashSet<>();
        try (PreparedStatement statement = typed.connection(Form.TEXT).prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                oids.add((int) rows.getLong(1));
            }
        }
        try (Connection control = typed.database.connect()) {
            return TypeCatalogue.describe(control, oids).stream()
                    .filter(type -> oids.contains(type.oid()))
                    .toList();
        }
    }
}
