package dev.realtime.internal.replication;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to leave a server. All of them close the connection, and none waits for an answer. Thread-safe. */
final class Disconnect {

    private static final Logger log = LoggerFactory.getLogger(Disconnect.class);

    private static final long SHORT_LINGER_NANOS = 100_000_000;
    private static final long LONG_LINGER_NANOS = 1_000_000_000;
    private static final long LINGER_STEP_NANOS = 20_000_000;

    private Disconnect() {}

    /** Says good-bye first; for a stream with nothing unread. */
    static void orderly(Connection connection, WaitingSocket socket) {
        socket.startClosing();
        close(connection);
        socket.hardClose();
    }

    /**
     * Gives the server time to read what was sent to it, then leaves hard: closing with bytes unread resets the connection,
     * and what the server has not read by then is lost.
     *
     * @param betweenTransactions whether it reads at once; otherwise only when its own sending blocks
     * @param arrived true ends the wait
     */
    static void lingering(
            Connection connection, WaitingSocket socket, boolean betweenTransactions, BooleanSupplier arrived) {
        long until = System.nanoTime() + (betweenTransactions ? SHORT_LINGER_NANOS : LONG_LINGER_NANOS);
        while (!arrived.getAsBoolean() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LINGER_STEP_NANOS);
        }
        hard(connection, socket);
    }

    /** Closes the socket under the driver first, so that neither it nor TLS can wait for anything. */
    static void hard(Connection connection, WaitingSocket socket) {
        socket.hardClose();
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("The driver could not abort a connection whose socket is closed", e);
        }
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("The driver could not close a connection in an orderly way", e);
        }
    }
}
