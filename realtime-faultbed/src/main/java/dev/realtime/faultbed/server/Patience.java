package dev.realtime.faultbed.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits, for half a minute at most, for what a server does in its own time. Thread-safe. */
final class Patience {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    /** Something that fails as long as the server is not ready. */
    interface Attempt {
        void make() throws SQLException;
    }

    private Patience() {}

    static void await(String otherwise, Attempt attempt) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            try {
                attempt.make();
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(otherwise, e);
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    static void awaitLoss(String otherwise, Connection connection) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (isAlive(connection)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(otherwise);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean isAlive(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException lost) {
            return false;
        }
    }
}
