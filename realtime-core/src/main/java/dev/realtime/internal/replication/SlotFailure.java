package dev.realtime.internal.replication;

import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.internal.connection.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why a slot would not stream. One SQLSTATE stands for several causes, so the catalogue is asked (manual, section
 * 53.20, {@code pg_replication_slots}), on the same connection: it survives a refused command. Thread-safe.
 */
final class SlotFailure {

    private static final String SLOT =
            "SELECT s.plugin, s.database, pg_catalog.current_database() AS here, s.active_pid,"
                    + " pg_catalog.current_setting('wal_level') AS wal_level FROM pg_catalog.pg_replication_slots s"
                    + " WHERE s.slot_name = ";

    private SlotFailure() {}

    static RealtimeException atStart(SQLException e, Connection connection, String slot) {
        ServerErrorMessage server = StreamFailure.serverMessage(e);
        if (server == null) {
            return StreamFailure.ofCommand(e, "START_REPLICATION on slot " + slot);
        }
        String where = "Cannot stream from slot " + slot + ": ";
        return switch (String.valueOf(server.getSQLState())) {
            case "42704" -> missing(where, e);
            case "55006" -> inUse(where, slot, connection, e);
            case "55000", "22023", "XX000" -> byCatalogue(where, slot, connection, server, e);
            default -> StreamFailure.ofCommand(e, "START_REPLICATION on slot " + slot);
        };
    }

    private static SetupException missing(String where, SQLException e) {
        return new SetupException(SetupProblem.SLOT_MISSING, where + "it does not exist on this server", List.of(), e);
    }

    private static SetupException inUse(String where, String slot, Connection connection, SQLException e) {
        State state = ask(slot, connection, e);
        String by = state == null || state.activePid == 0 ? "" : ", the server's process " + state.activePid;
        return new SetupException(
                SetupProblem.SLOT_IN_USE, where + "another connection streams from it" + by, List.of(), e);
    }

    private static RealtimeException byCatalogue(
            String where, String slot, Connection connection, ServerErrorMessage server, SQLException e) {
        State state = ask(slot, connection, e);
        if (state == null) {
            // A question that failed says nothing of the slot: the connection is gone, and another will tell.
            return e.getSuppressed().length == 0
                    ? missing(where, e)
                    : new ConnectException(where + "the server refused, and then could not be asked why", "08006", e);
        }
        if (!"pgoutput".equals(state.plugin)) {
            return new SetupException(
                    SetupProblem.SLOT_OTHER_PLUGIN,
                    where + "it belongs to the output plugin " + state.plugin + ", expected pgoutput",
                    List.of(),
                    e);
        }
        if (!state.here.equals(state.database)) {
            return new SetupException(
                    SetupProblem.SLOT_OTHER_DATABASE,
                    where + "it belongs to the database " + state.database + ", this is " + state.here,
                    List.of(),
                    e);
        }
        if (!"55000".equals(server.getSQLState())) {
            return StreamFailure.ofCommand(e, "START_REPLICATION on slot " + slot);
        }
        if (!"logical".equals(state.walLevel)) {
            return new SetupException(
                    SetupProblem.WAL_LEVEL,
                    where + "wal_level is " + state.walLevel + ", expected logical",
                    List.of("ALTER SYSTEM SET wal_level = 'logical' -- and restart the server"),
                    e);
        }
        return new SetupException(
                SetupProblem.SLOT_LOST,
                where + "the server has invalidated it, the changes it stood for are gone: " + server.getMessage(),
                List.of("SELECT pg_drop_replication_slot(" + SqlText.literal(slot) + ")"),
                e);
    }

    private static @Nullable State ask(String slot, Connection connection, SQLException failure) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SLOT + SqlText.literal(slot))) {
            return row.next()
                    ? new State(
                            row.getString("plugin"),
                            row.getString("database"),
                            row.getString("here"),
                            row.getInt("active_pid"),
                            row.getString("wal_level"))
                    : null;
        } catch (SQLException e) {
            failure.addSuppressed(e);
            return null;
        }
    }

    private record State(
            @Nullable String plugin, @Nullable String database, String here, int activePid, String walLevel) {}
}
