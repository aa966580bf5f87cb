package dev.realtime.internal.setup;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Lets one instance at a time set up a publication: between its creation and the slot's, another one would take the slot
 * for lost. An advisory lock of the session (manual, section 13.3.5), which ends with the connection at the latest.
 * Confined to one thread.
 */
final class SetupLock {

    /** "rltm": keeps apart from the application's own advisory locks. */
    private static final int SPACE = 0x726c746d;

    private SetupLock() {}

    /** Does something while no other instance does it for the same publication. */
    static <T> T holding(Connection connection, String publication, Deadline deadline, SqlTask<T> task)
            throws SQLException {
        String keys = "(" + SPACE + ", " + publication.hashCode() + ")";
        take(connection, publication, deadline, keys);
        return task.then(() -> release(connection, keys)).run();
    }

    private static void take(Connection connection, String publication, Deadline deadline, String keys)
            throws SQLException {
        try {
            new ControlTransaction(connection, deadline.millis(), deadline.millis())
                    .run(List.of("SELECT pg_catalog.pg_advisory_lock" + keys));
        } catch (SQLException e) {
            if (SqlState.isWaitedInVain(e)) {
                throw new SetupException(
                        SetupProblem.SLOT_CREATION_BLOCKED,
                        "Another instance is setting up the publication \"" + publication
                                + "\" and was not done in time, probably because it waits for open transactions",
                        List.of(),
                        e);
            }
            throw e;
        }
    }

    private static void release(Connection connection, String keys) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_catalog.pg_advisory_unlock" + keys);
        }
    }
}
