package dev.realtime.internal.setup;

import dev.realtime.internal.setup.Relation.Columns;
import dev.realtime.internal.setup.Relation.Identity;
import dev.realtime.mapping.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads relations, their columns and their replica identities out of the catalogue. Confined to one thread. */
final class RelationCatalogue {

    private final Catalogue catalogue;

    RelationCatalogue(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Everything that can be read like a table and bears one of the names, in whatever case: for "did you mean". */
    List<Relation> named(Collection<String> names) throws SQLException {
        String query = """
                SELECT c.oid::int8 AS oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
                       c.relpersistence AS persistence,
                       c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) AS inherited
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE lower(c.relname::text) IN (SELECT lower(name) FROM unnest(?::text[]) AS name)
                  AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                ORDER BY n.nspname, c.relname
                """;
        return catalogue.query(
                query,
                row -> new Relation(
                        row.getLong("oid"),
                        name(row),
                        code(row, "kind"),
                        code(row, "persistence"),
                        row.getBoolean("inherited")),
                names);
    }

    Map<Long, Columns> columns(Collection<Long> tables) throws SQLException {
        String query = """
                SELECT a.attrelid::int8 AS oid, a.attname AS name, a.attgenerated AS generated
                FROM pg_attribute a
                WHERE a.attrelid = ANY (?::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
                """;
        record Column(long table, String name, char generated) {}
        Map<Long, Map<String, Character>> columns = new HashMap<>();
        catalogue
                .query(
                        query,
                        row -> new Column(row.getLong("oid"), row.getString("name"), code(row, "generated")),
                        tables)
                .forEach(column -> columns.computeIfAbsent(column.table(), oid -> new HashMap<>())
                        .put(column.name(), column.generated()));
        Map<Long, Columns> result = new HashMap<>();
        tables.forEach(table -> result.put(table, new Columns(columns.getOrDefault(table, Map.of()))));
        return result;
    }

    /**
     * The identities of tables and of their leaf partitions: the setting is not inherited, and what is logged is the
     * leaf's. The table itself comes first.
     */
    List<Identity> identities(Collection<Long> tables) throws SQLException {
        // The key columns of an index are the first indnkeyatts of indkey, which counts from 0; a deferrable key is no
        // identity, because it can be violated for a while.
        String query = """
                SELECT m.root::int8 AS root, n.nspname AS schema, c.relname AS name, c.relreplident AS identity,
                       CASE c.relreplident WHEN 'd' THEN p.columns WHEN 'i' THEN i.columns END AS columns,
                       p.columns AS primary_key
                FROM (SELECT o AS root, o AS member FROM unnest(?::oid[]) AS o
                      UNION
                      SELECT o, t.relid FROM unnest(?::oid[]) AS o, pg_partition_tree(o) AS t WHERE t.isleaf) AS m
                JOIN pg_class c ON c.oid = m.member AND c.relkind IN ('r', 'p')
                JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN LATERAL (SELECT array_agg(a.attname::text) AS columns
                    FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indrelid
                        AND a.attnum = ANY ((x.indkey::int2[])[0:x.indnkeyatts - 1])
                    WHERE x.indrelid = c.oid AND x.indisprimary AND x.indimmediate) AS p ON true
                LEFT JOIN LATERAL (SELECT array_agg(a.attname::text) AS columns
                    FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indrelid
                        AND a.attnum = ANY ((x.indkey::int2[])[0:x.indnkeyatts - 1])
                    WHERE x.indrelid = c.oid AND x.indisreplident AND x.indimmediate) AS i ON true
                ORDER BY m.root <> m.member, n.nspname, c.relname
                """;
        return catalogue.query(
                query,
                row -> new Identity(
                        row.getLong("root"),
                        name(row),
                        ReplicaIdentity.of(row.getString("identity")),
                        Set.copyOf(Catalogue.strings(row, "columns")),
                        Set.copyOf(Catalogue.strings(row, "primary_key"))),
                tables,
                tables);
    }

    private static TableName name(ResultSet row) throws SQLException {
        return new TableName(row.getString("schema"), row.getString("name"));
    }

    private static char code(ResultSet row, String column) throws SQLException {
        String code = row.getString(column);
        return code.isEmpty() ? 0 : code.charAt(0);
    }
}
