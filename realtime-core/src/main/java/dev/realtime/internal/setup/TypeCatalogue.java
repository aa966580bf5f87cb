package dev.realtime.internal.setup;

import dev.realtime.type.PgType;
import dev.realtime.type.PgType.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Asks the catalogue what an OID in the stream means (manual, section 53.64, {@code pg_type}). Thread-safe. */
public final class TypeCatalogue {

    /** An array is the type that its element names as its own; other types with elements, such as point, are none. */
    private static final String QUERY = """
            WITH RECURSIVE part(type, place, oid) AS NOT MATERIALIZED (
                SELECT oid, 1, typbasetype FROM pg_type WHERE typtype = 'd'
                UNION ALL SELECT t.oid, 1, e.oid FROM pg_type t JOIN pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
                UNION ALL SELECT rngtypid, 1, rngsubtype FROM pg_range
                UNION ALL SELECT rngmultitypid, 1, rngtypid FROM pg_range
                UNION ALL SELECT t.oid, a.attnum, a.atttypid FROM pg_type t JOIN pg_attribute a ON a.attrelid = t.typrelid
                    WHERE t.typtype = 'c' AND a.attnum > 0 AND NOT a.attisdropped),
            wanted(oid) AS (
                SELECT unnest(?::oid[])
                UNION
                SELECT part.oid FROM wanted JOIN part ON part.type = wanted.oid)
            SELECT t.oid::int8 AS oid, n.nspname AS schema, t.typname AS name,
                CASE WHEN e.oid IS NULL THEN t.typtype ELSE 'a' END AS kind,
                ARRAY(SELECT part.oid::int8 FROM part WHERE part.type = t.oid ORDER BY part.place) AS parts,
                t.typdelim AS delimiter
            FROM wanted w JOIN pg_type t ON t.oid = w.oid JOIN pg_namespace n ON n.oid = t.typnamespace
                LEFT JOIN pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
            ORDER BY t.oid
            """;

    private TypeCatalogue() {}

    /**
     * Describes types, and those that they are made of: the base of a domain, the element of an array, the bounds of a
     * range, the fields of a composite, recursively.
     *
     * @param control a connection, see {@link ServerSetup}
     * @param oids the types' OIDs as the stream names them
     * @return the types found, each once; a type that was dropped since the change was logged is not among them
     */
    public static List<PgType> describe(Connection control, Collection<Integer> oids) {
        List<String> unsigned = oids.stream().map(Integer::toUnsignedString).toList();
        try (Catalogue catalogue = Catalogue.open(control)) {
            return catalogue.query(QUERY, TypeCatalogue::type, unsigned);
        } catch (SQLException e) {
            throw SqlState.unexpected("Looking up types", e);
        }
    }

    private static PgType type(ResultSet row) throws SQLException {
        Long[] parts = (Long[]) row.getArray("parts").getArray();
        return new PgType(
                (int) row.getLong("oid"),
                row.getString("schema"),
                row.getString("name"),
                kind(row.getString("kind")),
                Stream.of(parts).map(Long::intValue).toList(),
                row.getString("delimiter").charAt(0));
    }

    private static Kind kind(String typtype) {
        return switch (typtype) {
            case "a" -> Kind.ARRAY;
            case "e" -> Kind.ENUM;
            case "d" -> Kind.DOMAIN;
            case "c" -> Kind.COMPOSITE;
            case "r" -> Kind.RANGE;
            case "m" -> Kind.MULTIRANGE;
            case "p" -> Kind.PSEUDO;
            default -> Kind.BASE;
        };
    }
}
