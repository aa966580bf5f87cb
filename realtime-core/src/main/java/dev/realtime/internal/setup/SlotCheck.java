package dev.realtime.internal.setup;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges a slot that is there, and words what is wrong with it. Thread-safe. */
final class SlotCheck {

    static final String PLUGIN = "pgoutput";

    private SlotCheck() {}

    /** Refuses a slot that cannot, or must not, be streamed from. What one will be that is not ready is not known yet. */
    static void check(SlotState slot, String database) {
        if (slot.isBeingCreated()) {
            return;
        }
        if (!PLUGIN.equals(slot.plugin())) {
            throw other(
                    SetupProblem.SLOT_OTHER_PLUGIN,
                    slot,
                    slot.plugin() == null ? "is a physical one" : "belongs to the output plugin " + slot.plugin(),
                    "a logical slot of the plugin " + PLUGIN + " is needed");
        }
        if (!database.equals(slot.database())) {
            throw other(
                    SetupProblem.SLOT_OTHER_DATABASE,
                    slot,
                    "belongs to the database \"" + slot.database() + '"',
                    "one of the database \"" + database + "\" is needed, and names are unique in the whole server");
        }
        if (slot.temporary()) {
            throw other(
                    SetupProblem.SLOT_OTHER_OPTIONS,
                    slot,
                    "is a temporary one of " + slot.owner(),
                    "a durable one is needed");
        }
        if (slot.twoPhase()) {
            throw other(
                    SetupProblem.SLOT_OTHER_OPTIONS,
                    slot,
                    "sends prepared transactions before they commit (two_phase)",
                    "only what is committed may be delivered");
        }
        if (slot.isLost()) {
            throw lost(slot);
        }
    }

    private static SetupException other(SetupProblem problem, SlotState slot, String found, String expected) {
        return new SetupException(
                problem,
                "The replication slot \"" + slot.name() + "\" " + found + ", but " + expected
                        + ". Choose another slot name, with slot(...); drop the slot only if nobody else reads from it",
                List.of(),
                null);
    }

    private static SetupException lost(SlotState slot) {
        String reason = slot.invalidation() == null ? "its log was removed" : slot.invalidation();
        return new SetupException(
                SetupProblem.SLOT_LOST,
                "PostgreSQL has given up the replication slot \"" + slot.name() + "\" (" + reason
                        + "): the changes committed after " + slot.confirmedFlush()
                        + " cannot be delivered any more. To go on from now with that gap, and after bringing up to date"
                        + " whatever depends on the events, drop the slot and create it anew; see max_slot_wal_keep_size"
                        + " and, from PostgreSQL 18 on, idle_replication_slot_timeout",
                List.of(drop(slot.name()) + ";", create(slot.name()) + ";"),
                null);
    }

    static SetupException inUse(SlotState slot, @Nullable Throwable cause) {
        return new SetupException(
                SetupProblem.SLOT_IN_USE,
                "Another connection streams from the replication slot \"" + slot.name() + "\": " + slot.owner()
                        + ". Stop it, or give this application a slot of its own, with slot(...); where its machine is gone and"
                        + " the server has not noticed yet, end its process there",
                slot.owner() == null
                        ? List.of()
                        : List.of("SELECT pg_catalog.pg_terminate_backend("
                                + slot.owner().pid() + ");"),
                cause);
    }

    static String create(WantedSlot slot) {
        return slot.failover()
                ? "SELECT pg_catalog.pg_create_logical_replication_slot('" + slot.name() + "', '" + PLUGIN
                        + "', failover => true)"
                : create(slot.name());
    }

    /** Refuses to ask for what a server cannot do. */
    static void check(WantedSlot slot, Server server) {
        if (slot.failover() && !server.atLeast(Server.PG_17)) {
            throw new SetupException(
                    SetupProblem.VERSION,
                    "The replication slot \"" + slot.name()
                            + "\" is to be kept by standbys (failover), which PostgreSQL 17"
                            + " and later can do; this is " + server.version() / 10000,
                    List.of(),
                    null);
        }
    }

    static String create(String slot) {
        return "SELECT pg_catalog.pg_create_logical_replication_slot('" + slot + "', '" + PLUGIN + "')";
    }

    /** Drops a slot that may be missing; one whose last session ends at this moment is waited for. */
    static void drop(Connection connection, String slot, Deadline deadline) throws SQLException {
        String ifThere = drop(slot) + " WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_replication_slots s"
                + " WHERE s.slot_name OPERATOR(pg_catalog.=) '" + slot + "')";
        while (true) {
            try {
                new ControlTransaction(connection, deadline.millis(), deadline.millis()).run(List.of(ifThere));
                return;
            } catch (SQLException e) {
                if (!SqlState.is(e, SqlState.OBJECT_IN_USE) || deadline.isOver()) {
                    throw e;
                }
                new ControlTransaction(connection, deadline.millis(), deadline.millis())
                        .run(List.of("SELECT pg_catalog.pg_sleep(0.1)"));
            }
        }
    }

    private static String drop(String slot) {
        return "SELECT pg_catalog.pg_drop_replication_slot('" + slot + "')";
    }
}
