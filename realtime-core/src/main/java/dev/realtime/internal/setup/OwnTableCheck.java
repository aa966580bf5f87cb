package dev.realtime.internal.setup;

import static dev.realtime.internal.connection.SqlText.identifier;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.setup.SetupStep;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks for a table of the library's own: it is there, the role may use it, and it is not published. Confined to one
 * thread.
 */
final class OwnTableCheck {

    private record State(boolean usable, boolean plain) {}

    private final Catalogue catalogue;
    private final String publication;
    private final String role;

    OwnTableCheck(Catalogue catalogue, String publication, String role) {
        this.catalogue = catalogue;
        this.publication = publication;
        this.role = role;
    }

    /** What is missing of it. */
    Optional<Missing> check(OwnTable table) throws SQLException {
        if (isPublished(table)) {
            throw published(table);
        }
        Optional<State> found = find(table);
        if (found.isPresent() && !found.get().plain()) {
            throw new SetupException(
                    SetupProblem.OWN_TABLE,
                    table.name()
                            + " is no ordinary logged table: what is kept there would not be safe. Give another name",
                    List.of(),
                    null);
        }
        if (found.isPresent() && found.get().usable()) {
            return Optional.empty();
        }
        List<String> statements = new ArrayList<>();
        if (found.isEmpty()) {
            statements.add(table.creation());
        }
        statements.add("GRANT " + String.join(", ", table.privileges()) + " ON " + table.name() + " TO "
                + identifier(grantee(table)));
        return Optional.of(new Missing(SetupProblem.OWN_TABLE, new SetupStep(table.reason(), statements)));
    }

    private String grantee(OwnTable table) {
        return table.grantee() == null ? role : table.grantee();
    }

    private Optional<State> find(OwnTable table) throws SQLException {
        String usable = table.privileges().stream()
                .map(privilege -> "has_table_privilege(r.oid, c.oid, '" + privilege + "')")
                .collect(Collectors.joining(" AND "));
        String query = "SELECT EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = ?"
                + " AND has_schema_privilege(r.oid, n.oid, 'USAGE') AND " + usable + ") AS usable,"
                + " c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AS plain"
                + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = ?";
        return catalogue
                .query(
                        query,
                        row -> new State(row.getBoolean("usable"), row.getBoolean("plain")),
                        grantee(table),
                        table.name().schema(),
                        table.name().name())
                .stream()
                .findFirst();
    }

    private boolean isPublished(OwnTable table) throws SQLException {
        boolean schemas = catalogue.server().atLeast(Server.PG_15);
        String query = "SELECT p.puballtables OR EXISTS (SELECT 1 FROM pg_publication_tables t"
                + " WHERE t.pubname = p.pubname AND t.schemaname = ? AND t.tablename = ?)"
                + (schemas
                        ? " OR EXISTS (SELECT 1 FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid"
                                + " WHERE s.pnpubid = p.oid AND n.nspname = ?)"
                        : " OR ? IS NULL")
                + " FROM pg_publication p WHERE p.pubname = ?";
        String schema = table.name().schema();
        return catalogue
                .query(query, row -> row.getBoolean(1), schema, table.name().name(), schema, publication)
                .contains(true);
    }

    private SetupException published(OwnTable table) {
        return new SetupException(
                SetupProblem.OWN_TABLE,
                "The publication \"" + publication + "\" carries, or would carry, the table " + table.name()
                        + " of this library, which must not be published: what is written there would come back as"
                        + " changes. Publish the entities' tables one by one (FOR TABLE), or put " + table.name()
                        + " into a schema that is not published as a whole",
                List.of(),
                null);
    }
}
