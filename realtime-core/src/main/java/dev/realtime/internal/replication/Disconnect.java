package dev.realtime.internal.replication;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to leave a server. None waits for an answer on the connection itself. Thread-safe. */
final class Disconnect {

    private static final Logger log = LoggerFactory.getLogger(Disconnect.class);

    private static final long LINGER_NANOS = 1_000_000_000;
    private static final long LINGER_STEP_NANOS = 10_000_000;

    private Disconnect() {}

    /** Says good-bye first, and waits for nothing. */
    static void orderly(Connection connection, WaitingSocket socket) {
        socket.startClosing();
        close(connection);
        socket.hardClose();
    }

    /**
     * Gives the server a second to read what was sent to it.
     *
     * @param arrived true ends the wait
     * @return whether it has read it
     */
    static boolean lingering(BooleanSupplier arrived) {
        long until = System.nanoTime() + LINGER_NANOS;
        boolean read;
        while (!(read = arrived.getAsBoolean()) && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LINGER_STEP_NANOS);
        }
        return read;
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
