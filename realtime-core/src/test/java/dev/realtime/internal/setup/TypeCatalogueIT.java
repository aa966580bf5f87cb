package dev.realtime.internal.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.type.PgType;
import dev.realtime.type.PgType.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a type's OID is made of, on a real catalogue. */
class TypeCatalogueIT {

    private static final int NO_TYPE = -5;

    @Test
    void types_come_with_all_they_are_made_of() throws SQLException {
        try (TestDatabase database = SharedServer.database();
                Connection control = database.connect()) {
            database.execute(
                    "CREATE SCHEMA \"S \"\"x\"\"\"",
                    "CREATE TYPE \"S \"\"x\"\"\".\"Mood\" AS ENUM ('sad', 'ok')",
                    "CREATE DOMAIN moods AS \"S \"\"x\"\"\".\"Mood\"[]",
                    "CREATE DOMAIN better AS moods CHECK (VALUE IS NOT NULL)",
                    "CREATE TYPE pair AS (a int, gone text, b better)",
                    "CREATE TYPE span AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = spans)",
                    "ALTER TYPE pair DROP ATTRIBUTE gone");
            List<Integer> asked = List.of(
                    oid(database, "better"),
                    oid(database, "pair"),
                    oid(database, "spans"),
                    oid(database, "_box"),
                    oid(database, "point"),
                    oid(database, "int2vector"),
                    NO_TYPE);

            List<PgType> found = TypeCatalogue.describe(control, asked);

            Map<String, PgType> types = found.stream().collect(Collectors.toMap(PgType::name, Function.identity()));
            assertThat(types)
                    .containsOnlyKeys(
                            "better",
                            "moods",
                            "_Mood",
                            "Mood",
                            "pair",
                            "int4",
                            "span",
                            "spans",
                            "_box",
                            "box",
                            "point",
                            "int2vector");
            assertThat(types.get("better").kind()).isEqualTo(Kind.DOMAIN);
            assertThat(types.get("better").part()).isEqualTo(types.get("moods").oid());
            assertThat(types.get("moods").part()).isEqualTo(types.get("_Mood").oid());
            assertThat(types.get("_Mood").kind()).isEqualTo(Kind.ARRAY);
            assertThat(types.get("_Mood").part()).isEqualTo(types.get("Mood").oid());
            assertThat(types.get("Mood").kind()).isEqualTo(Kind.ENUM);
            assertThat(types.get("Mood").schema()).isEqualTo("S \"x\"");
            assertThat(types.get("pair").kind()).isEqualTo(Kind.COMPOSITE);
            assertThat(types.get("pair").parts())
                    .containsExactly(
                            types.get("int4").oid(), types.get("better").oid());
            assertThat(types.get("span").kind()).isEqualTo(Kind.RANGE);
            assertThat(types.get("span").part()).isEqualTo(types.get("int4").oid());
            assertThat(types.get("spans").kind()).isEqualTo(Kind.MULTIRANGE);
            assertThat(types.get("spans").part()).isEqualTo(types.get("span").oid());
            assertThat(types.get("_box").delimiter()).isEqualTo(';');
            assertThat(types.get("point").kind()).isEqualTo(Kind.BASE);
            assertThat(types.get("int2vector").kind()).isEqualTo(Kind.BASE);
        }
    }

    @Test
    void nothing_asked_is_nothing_found() throws SQLException {
        try (TestDatabase database = SharedServer.database();
                Connection control = database.connect()) {
            assertThat(TypeCatalogue.describe(control, List.of())).isEmpty();
        }
    }

    private static int oid(TestDatabase database, String type) throws SQLException {
        return Integer.parseUnsignedInt(String.valueOf(database.value("SELECT '" + type + "'::regtype::oid")));
    }
}
