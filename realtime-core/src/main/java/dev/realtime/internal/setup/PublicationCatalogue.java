package dev.realtime.internal.setup;

import dev.realtime.internal.setup.Publication.Content;
import dev.realtime.mapping.TableName;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a publication out of the catalogues of PostgreSQL 14 to 18. Confined to one thread. */
final class PublicationCatalogue {

    /** Generated columns are not sent before version 18, although the view of 15 names them. */
    private static final String NOT_GENERATED = """
            ARRAY(SELECT a.attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = t.schemaname AND c.relname = t.tablename
            AND a.attname = ANY (t.attnames) AND a.attgenerated = '')""";

    private record Flags(long oid, boolean all, Set<Operation> operations, boolean viaRoot, boolean generated) {}

    private record Member(long oid, boolean partitioning) {}

    private final Catalogue catalogue;

    PublicationCatalogue(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The publication; of its tables, those that bear one of the names. */
    Optional<Publication> find(String name, Collection<String> tableNames) throws SQLException {
        Optional<Flags> found = flags(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Flags flags = found.get();
        List<Member> members = members(flags.oid());
        boolean partitions =
                flags.all() || hasSchemas(flags.oid()) || members.stream().anyMatch(Member::partitioning);
        return Optional.of(new Publication(
                flags.operations(),
                flags.viaRoot(),
                flags.generated(),
                partitions,
                Set.copyOf(members.stream().map(Member::oid).toList()),
                contents(name, tableNames)));
    }

    private Optional<Flags> flags(String name) throws SQLException {
        String generated = catalogue.server().atLeast(Server.PG_18) ? "p.pubgencols = 's'" : "false";
        String query =
                "SELECT p.oid::int8 AS oid, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate,"
                        + " p.pubviaroot, " + generated + " AS generated FROM pg_publication p WHERE p.pubname = ?";
        return catalogue
                .query(
                        query,
                        row -> {
                            Set<Operation> operations = EnumSet.noneOf(Operation.class);
                            for (Operation operation : Operation.values()) {
                                if (row.getBoolean("pub" + operation.word())) {
                                    operations.add(operation);
                                }
                            }
                            return new Flags(
                                    row.getLong("oid"),
                                    row.getBoolean("puballtables"),
                                    operations,
                                    row.getBoolean("pubviaroot"),
                                    row.getBoolean("generated"));
                        },
                        name)
                .stream()
                .findFirst();
    }

    private List<Member> members(long publication) throws SQLException {
        String query = "SELECT c.oid::int8 AS oid, c.relispartition OR c.relkind = 'p' AS partitioning"
                + " FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid WHERE r.prpubid = ?::int8::oid";
        return catalogue.query(
                query, row -> new Member(row.getLong("oid"), row.getBoolean("partitioning")), publication);
    }

    private boolean hasSchemas(long publication) throws SQLException {
        String query = "SELECT 1 FROM pg_publication_namespace s WHERE s.pnpubid = ?::int8::oid LIMIT 1";
        return catalogue.server().atLeast(Server.PG_15)
                && !catalogue.query(query, row -> row.getInt(1), publication).isEmpty();
    }

    /** The view lists what is carried in effect, however the publication came to it. */
    private Map<TableName, Content> contents(String name, Collection<String> tableNames) throws SQLException {
        boolean lists = catalogue.server().atLeast(Server.PG_15);
        String columns = catalogue.server().atLeast(Server.PG_18) ? "t.attnames::text[]" : NOT_GENERATED;
        String details = lists ? columns + " AS columns, t.rowfilter IS NOT NULL AS filtered" : "false AS filtered";
        String query = "SELECT t.schemaname, t.tablename, " + details
                + " FROM pg_publication_tables t WHERE t.pubname = ? AND t.tablename = ANY (?::text[])";
        Map<TableName, Content> contents = new HashMap<>();
        catalogue
                .query(
                        query,
                        row -> Map.entry(
                                new TableName(row.getString("schemaname"), row.getString("tablename")),
                                new Content(
                                        lists ? Set.copyOf(Catalogue.strings(row, "columns")) : null,
                                        row.getBoolean("filtered"))),
                        name,
                        tableNames)
                .forEach(entry -> contents.put(entry.getKey(), entry.getValue()));
        return contents;
    }
}
