package dev.realtime.internal.setup;

import dev.realtime.type.PgType;
import dev.realtime.type.PgType.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Asks the catalogue what an OID in the stream means (manual, section 53.64, {@code pg_type}). Thread-safe. */
public final class TypeCatalogue {

    /** An array is the type that its element names as its own; other types with elements, such as point, are none. */
    private static final String QUERY = """
            WITH RECURSIVE wanted(oid) AS (
                SELECT unnest(?::oid[])
                UNION
                SELECT part.oid FROM wanted w JOIN pg_type t ON t.oid = w.oid
                    JOIN pg_type part ON part.oid = t.typbasetype OR part.oid = t.typelem AND part.typarray = t.oid)
            SELECT t.oid::int8 AS oid, n.nspname AS schema, t.typname AS name, t.typtype AS kind,
                   t.typbasetype::int8 AS base, e.oid::int8 AS element, t.typdelim AS delimiter
            FROM wanted w JOIN pg_type t ON t.oid = w.oid JOIN pg_namespace n ON n.oid = t.typnamespace
                LEFT JOIN pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
            ORDER BY t.oid
            """;

    private TypeCatalogue() {}

    /**
     * Describes types, and those that they are made of: the base of a domain, the element of an array, recursively.
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
        int element = (int) row.getLong("element");
        return new PgType(
                (int) row.getLong("oid"),
                row.getString("schema"),
                row.getString("name"),
                element != 0 ? Kind.ARRAY : kind(row.getString("kind")),
                (int) row.getLong("base"),
                element,
                row.getString("delimiter").charAt(0));
    }

    private static Kind kind(String typtype) {
        return switch (typtype) {
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
