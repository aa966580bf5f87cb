package dev.realtime;

import dev.realtime.event.TransactionInfo;
import dev.realtime.internal.setup.Snapshots;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The barrier for a handler that reads from the database what its event is about. PostgreSQL writes a commit to its log
 * before other sessions see it, and an event comes out of the log: so a row may not be there yet when its event is, for a
 * moment mostly, and for as long as a synchronous standby does not answer.
 *
 * <pre>{@code
 * .on(Order.class, event -> {
 *     try (Connection connection = dataSource.getConnection()) {
 *         if (!Visibility.await(event.transaction(), connection, Duration.ofSeconds(5))) {
 *             throw new IllegalStateException("not visible yet");   // offered again
 *         }
 *         ...                                                       // sees the row, or what became of it since
 *     }
 * })
 * }</pre>
 */
public final class Visibility {

    private static final long FIRST_PAUSE_NANOS = 500_000;
    private static final long LONGEST_PAUSE_NANOS = 50_000_000;
    private static final Duration LONGEST = Duration.ofDays(365);

    private Visibility() {}

    /**
     * Waits until what a transaction committed is seen by statements that are begun afterwards on a connection. It asks the
     * server at once, and again after pauses that grow from half a millisecond to 50 ms.
     *
     * @param transaction of an event: it must have begun no more than two thousand million transactions ago
     * @param connection the application's, to the server from which the event came or a standby of it; in auto-commit mode,
     *     or in a transaction of the isolation level READ COMMITTED
     * @param timeout how long to wait at most; zero asks once
     * @return true where it is visible; false where the time is over, or the calling thread was interrupted, which it stays
     * @throws IllegalStateException where the connection is in a transaction that sees one moment for ever (REPEATABLE READ or
     *     SERIALIZABLE) and the commit came behind it
     * @throws SQLException where the server cannot be asked
     */
    public static boolean await(TransactionInfo transaction, Connection connection, Duration timeout)
            throws SQLException {
        long deadline = System.nanoTime() + (timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST).toNanos();
        long pause = FIRST_PAUSE_NANOS;
        long xid = Snapshots.wholeXid(connection, transaction.xid());
        while (!Snapshots.shows(connection, xid)) {
            if (pause == FIRST_PAUSE_NANOS) {
                requireNewSnapshots(connection);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(Math.min(left, pause));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
        return true;
    }

    private static void requireNewSnapshots(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()
                && connection.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED) {
            throw new IllegalStateException(
                    "The connection's transaction began before the commit was visible and, being"
                            + " REPEATABLE READ or SERIALIZABLE, will never see it: wait in auto-commit mode before it begins");
        }
    }
}
