package dev.realtime.internal.setup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Statements that run together, in a time of ours whatever the role's settings are. Immutable.
 *
 * @param connection where; in auto-commit mode afterwards
 * @param lockMillis the longest wait for one lock
 * @param statementMillis the longest time of one statement
 */
record ControlTransaction(Connection connection, long lockMillis, long statementMillis) {

    /** How long after the server's own time-out its answer may still be under way. */
    private static final int GRACE_MILLIS = 5_000;

    void run(List<String> statements) throws SQLException {
        int patience = connection.getNetworkTimeout();
        boolean tooShort = patience > 0 && patience < statementMillis + GRACE_MILLIS;
        SqlTask<Boolean> task = () -> {
            if (tooShort) {
                long enough = Math.min(Integer.MAX_VALUE, statementMillis + GRACE_MILLIS);
                connection.setNetworkTimeout(Runnable::run, (int) enough);
            }
            return execute(statements);
        };
        task.then(() -> connection.setAutoCommit(true))
                .then(() -> connection.setNetworkTimeout(Runnable::run, patience))
                .run();
    }

    private boolean execute(List<String> statements) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
            statement.execute("SET LOCAL lock_timeout = " + lockMillis);
            statement.execute("SET LOCAL statement_timeout = " + statementMillis);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
            return true;
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(SQLException reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
