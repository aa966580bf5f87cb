package dev.realtime.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction on a connection of our own, in a time of ours and durable whatever the role's settings are. */
final class ShortTransaction {

    /** What is done in it. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    private ShortTransaction() {}

    /** Does something and commits it; the connection is in auto-commit mode before and, where all goes well, after. */
    static <T> T on(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
            statement.execute("SET LOCAL lock_timeout = '5s'");
            statement.execute("SET LOCAL statement_timeout = '10s'");
            // Where this process is frozen in the middle, nobody else waits for it any longer.
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = '10s'");
            // Without it a crash of the server may forget what is counted as handled.
            statement.execute("SELECT pg_catalog.set_config('synchronous_commit', 'on', true)"
                    + " WHERE pg_catalog.current_setting('synchronous_commit') OPERATOR(pg_catalog.=) 'off'");
            T result = work.run();
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException inVain) {
                e.addSuppressed(inVain);
            }
            throw e;
        }
    }
}
