package dev.realtime.internal.replication;

import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.internal.connection.SqlText;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why the stream ended or did not start, told by SQLSTATE alone (manual, appendix A). The driver uses states of the
 * server's for errors of its own, so it matters who speaks. Thread-safe.
 */
final class StreamFailure {

    private static final String LOST = "08006";

    private StreamFailure() {}

    /** An error in the middle of the stream. */
    static RealtimeException inStream(SQLException e, String slot) {
        ServerErrorMessage server = serverMessage(e);
        if (server == null) {
            return new ConnectException(
                    "The connection that streams from slot " + slot + " is gone: " + e.getMessage(), LOST, e);
        }
        String state = String.valueOf(server.getSQLState());
        String where = "The server ended the stream of slot " + slot + ": ";
        return switch (state) {
            case "42704" ->
                new SetupException(
                        SetupProblem.PUBLICATION_MISSING,
                        where + server.getMessage() + ", or did not when a change was logged: the changes up to its"
                                + " creation cannot be delivered. To go on with that gap, move the slot behind it",
                        List.of("SELECT pg_catalog.pg_replication_slot_advance(" + SqlText.literal(slot)
                                + ", pg_catalog.pg_current_wal_lsn());"),
                        e);
            case "0A000" ->
                new SetupException(
                        SetupProblem.TABLE_NOT_PUBLISHED,
                        where + server.getMessage(),
                        List.of("give the table one column list in all publications of the stream"),
                        e);
            case "42883" ->
                new SetupException(
                        SetupProblem.FUNCTION_MISSING,
                        where + server.getMessage() + ". A type without a send function cannot stand in an array, a"
                                + " composite or a range that is asked for in binary form: stream text",
                        List.of(),
                        e);
            case "42501" ->
                new SetupException(SetupProblem.REPLICATION_PRIVILEGE, where + server.getMessage(), List.of(), e);
            // A data exception may quote the value: neither its words nor the error itself go on.
            default ->
                state.startsWith("22")
                        ? new ConnectException(
                                where + "it could not convert a value (SQLSTATE " + state + ")", state, null)
                        : new ConnectException(where + server.getMessage(), state, e);
        };
    }

    /** An error of a command before the stream. */
    static RealtimeException ofCommand(SQLException e, String command) {
        ServerErrorMessage server = serverMessage(e);
        if (server == null) {
            return new ConnectException("The connection broke during " + command + ": " + e.getMessage(), LOST, e);
        }
        String state = String.valueOf(server.getSQLState());
        String what = "The server refused " + command + ": " + server.getMessage();
        return switch (state) {
            case "42501" -> new SetupException(SetupProblem.REPLICATION_PRIVILEGE, what, List.of(), e);
            case "53300", "53400" ->
                new SetupException(
                        SetupProblem.LIMIT_REACHED,
                        what,
                        List.of("postgresql.conf: max_replication_slots, max_wal_senders (restart)"),
                        e);
            case "55P03", "57014" -> new SetupException(SetupProblem.SLOT_CREATION_BLOCKED, what, List.of(), e);
            case "55000" ->
                new SetupException(
                        SetupProblem.WAL_LEVEL,
                        what,
                        List.of("ALTER SYSTEM SET wal_level = 'logical' -- and restart"),
                        e);
            default -> new ConnectException(what, state, e);
        };
    }

    /** What the server said; null where the driver speaks for itself. */
    static @Nullable ServerErrorMessage serverMessage(SQLException e) {
        return e instanceof PSQLException fromDriver ? fromDriver.getServerErrorMessage() : null;
    }
}
