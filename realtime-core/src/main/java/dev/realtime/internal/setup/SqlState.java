package dev.realtime.internal.setup;

import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import java.sql.SQLException;
import java.util.Set;

/** What the server's error codes mean for a set-up (manual, appendix A). Thread-safe. */
final class SqlState {

    static final String INSUFFICIENT_PRIVILEGE = "42501";
    static final String OBJECT_IN_USE = "55006";
    static final String TOO_MANY = "53400";

    /** Seen before it is tried, or by the catalogue's index where two try at once. */
    private static final Set<String> DUPLICATE = Set.of("42710", "23505", "42P07");

    /** Lock time-out, statement time-out, and a deadlock that was broken at our cost. */
    private static final Set<String> WAITED_IN_VAIN = Set.of("55P03", "57014", "40P01");

    /**
     * Classes of errors that pass by themselves: connection, transaction rollback, insufficient resources, operator
     * intervention, system error, and internal error, as a catalogue query meets beside a DROP.
     */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58", "XX");

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private SqlState() {}

    static boolean is(SQLException e, String state) {
        return state.equals(e.getSQLState());
    }

    static boolean isDuplicate(SQLException e) {
        return e.getSQLState() != null && DUPLICATE.contains(e.getSQLState());
    }

    static boolean isWaitedInVain(SQLException e) {
        return e.getSQLState() != null && WAITED_IN_VAIN.contains(e.getSQLState());
    }

    static boolean isSyntaxOrUnknownName(SQLException e) {
        return e.getSQLState() != null
                && (e.getSQLState().startsWith("42") || e.getSQLState().startsWith("0A"))
                && !is(e, INSUFFICIENT_PRIVILEGE);
    }

    /** An error that is not the set-up's to explain. */
    static RealtimeException unexpected(String during, SQLException e) {
        String state = e.getSQLState();
        String message = during + " failed with SQLSTATE " + state + ": " + e.getMessage();
        boolean passing = state == null || state.equals(LOCK_NOT_AVAILABLE) || PASSING.contains(state.substring(0, 2));
        return passing ? new ConnectException(message, state, e) : new RealtimeException(message, e);
    }
}
