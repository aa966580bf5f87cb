package dev.realtime.internal.setup;

import static dev.realtime.internal.connection.SqlText.identifier;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a step could not be run. Immutable.
 *
 * @param request what the plan is for
 * @param survey where the plan comes from
 * @param left the step and those behind it
 */
record PlanFailure(SetupRequest request, Survey survey, List<Missing> left) {

    /**
     * Throws what the server's refusal means.
     *
     * @throws SQLException the refusal itself, where it says that the thing is there already
     */
    void explain(Connection connection, SQLException e) throws SQLException {
        if (SqlState.isDuplicate(e)) {
            throw e;
        }
        if (SqlState.isWaitedInVain(e)) {
            throw left.get(0).isSlot() ? slotBlocked(connection, slotName(), e) : tablesLocked(connection, e);
        }
        if (SqlState.is(e, SqlState.INSUFFICIENT_PRIVILEGE)) {
            throw left.get(0).isSlot() ? noReplication(e) : isOwnTable() ? mayNotCreate(e) : notOwner(e);
        }
        if (SqlState.is(e, SqlState.TOO_MANY)) {
            throw noSlotLeft(connection, e);
        }
        throw SqlState.unexpected(String.join("; ", left.get(0).step().statements()), e);
    }

    private boolean isOwnTable() {
        return left.get(0).problem() == SetupProblem.OWN_TABLE;
    }

    private SetupException mayNotCreate(SQLException e) {
        return new SetupException(
                SetupProblem.OWN_TABLE,
                "This role may not create a table that this library needs, or not use it (" + e.getMessage() + "). "
                        + left.get(0).step().reason() + ". Let a role with CREATE on the schema run this",
                Script.of(left),
                e);
    }

    private String slotName() {
        WantedSlot slot = request.slot();
        return slot == null ? "" : slot.name();
    }

    private SetupException notOwner(SQLException e) {
        return new SetupException(
                SetupProblem.PUBLICATION_PRIVILEGE,
                "This role may not prepare the publication \"" + request.publication() + "\" (" + e.getMessage()
                        + "). A publication is created by a role that owns its tables and has CREATE on the database, and"
                        + " changed by its owner; REPLICA IDENTITY is for the table's owner to set. Let such a role run"
                        + " this (a slot's creation: one with REPLICATION)",
                Script.of(left),
                e);
    }

    private SetupException noReplication(SQLException e) {
        return new SetupException(
                SetupProblem.REPLICATION_PRIVILEGE,
                "This role may not create the replication slot \"" + slotName() + "\" (" + e.getMessage()
                        + "). It needs REPLICATION; on Amazon RDS and Aurora, to be a member of rds_replication",
                List.of("ALTER ROLE " + identifier(survey.role()) + " REPLICATION;"),
                e);
    }

    private SetupException noSlotLeft(Connection connection, SQLException e) throws SQLException {
        int most;
        try (Catalogue catalogue = Catalogue.open(connection)) {
            most = catalogue
                    .query("SELECT current_setting('max_replication_slots')", row -> row.getInt(1))
                    .get(0);
        }
        return new SetupException(
                SetupProblem.LIMIT_REACHED,
                "The replication slot \"" + slotName() + "\" cannot be created: all " + most
                        + " slots of the server are taken. Drop"
                        + " those that nobody uses any more (pg_replication_slots shows them), or raise"
                        + " max_replication_slots and restart the server",
                List.of("ALTER SYSTEM SET max_replication_slots = " + (most + 10) + ";", "-- then restart the server"),
                e);
    }

    private SetupException tablesLocked(Connection connection, SQLException e) throws SQLException {
        List<String> tables =
                survey.tables().stream().map(table -> table.name().toString()).toList();
        List<Backend> holders;
        try (Catalogue catalogue = Catalogue.open(connection)) {
            holders = new Blockers(catalogue).holders(tables);
        }
        return new SetupException(
                SetupProblem.TABLE_LOCKED,
                "Preparing the publication \"" + request.publication() + "\" waited in vain for a lock on one of "
                        + tables.stream().distinct().collect(Collectors.joining(", ")) + "; locks on them are held by "
                        + Blockers.inWords(holders) + ". Try again later or with more time",
                Script.of(left),
                e);
    }

    static SetupException slotBlocked(Connection connection, String slot, @Nullable SQLException e)
            throws SQLException {
        List<Backend> writers;
        try (Catalogue catalogue = Catalogue.open(connection)) {
            writers = new Blockers(catalogue).writers();
        }
        return new SetupException(
                SetupProblem.SLOT_CREATION_BLOCKED,
                "The replication slot \"" + slot + "\" could not be created in time: PostgreSQL waits for every"
                        + " transaction of the server that has written and is still open, and these are: "
                        + Blockers.inWords(writers) + ". End them, or start again later or with more time",
                List.of(),
                e);
    }
}
