package dev.realtime.internal.setup;

import dev.realtime.error.ConnectException;
import dev.realtime.internal.connection.PostgresConnector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Control connections, one at a time, in the order in which they are asked for: the only place that opens one for the
 * stream. Thread-safe.
 */
final class ControlTurns {

    /** Long enough for any question that gets its answer, and short beside a server's shutdown and a stop of ours. */
    private static final Duration SOON = Duration.ofMillis(500);

    private final ReentrantLock turn = new ReentrantLock(true);

    /**
     * Does something on a connection of its own, when its turn comes.
     *
     * @throws ConnectException where there is none, or the thread is interrupted before its turn
     * @throws SQLException where the database refuses
     */
    <T> T on(PostgresConnector connector, Database.Work<T> work) throws SQLException {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return inTurn(connector, work);
    }

    /**
     * The same, or nothing where its turn does not come soon.
     *
     * @return empty where another question takes long
     * @throws ConnectException where there is none, or the thread is interrupted before its turn
     * @throws SQLException where the database refuses
     */
    <T> Optional<T> soon(PostgresConnector connector, Database.Work<T> work) throws SQLException {
        try {
            if (!turn.tryLock(SOON.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return Optional.of(inTurn(connector, work));
    }

    /** The lock is held. */
    private <T> T inTurn(PostgresConnector connector, Database.Work<T> work) throws SQLException {
        try {
            if (turn.getHoldCount() > 1) {
                throw new IllegalStateException("A question to the database was asked within another");
            }
            try (Connection control = connector.connectControl()) {
                return work.on(control);
            }
        } finally {
            turn.unlock();
        }
    }

    private static ConnectException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ConnectException("Interrupted before the database could be asked", null, e);
    }
}
