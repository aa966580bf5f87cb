package dev.realtime.internal.replication;

import dev.realtime.wal.Lsn;
import java.sql.SQLException;
import java.time.Clock;
import org.postgresql.copy.CopyDual;

/**
 * What the server is told: how far the stream was received and confirmed, and when it must hear it next. It stands
 * between the engine and the worst that can happen here: the server believes any position, drops what lies before it
 * and swallows everything up to it. Confined to the reader thread.
 */
final class Feedback {

    private final CopyDual copy;
    private final Clock clock;
    private final long intervalNanos;
    private final long flushedAtStart;
    private long received;
    private long confirmed;
    private long reported;
    private long lastSentNanos = System.nanoTime();
    private long sent;

    Feedback(CopyDual copy, Clock clock, long intervalNanos, Lsn flushedAtStart) {
        this.copy = copy;
        this.clock = clock;
        this.intervalNanos = intervalNanos;
        this.flushedAtStart = flushedAtStart.value();
    }

    /** Notes a position; the one of a Relation message is 0, and positions of records are not ordered. */
    void received(long lsn) {
        if (Long.compareUnsigned(lsn, received) > 0) {
            received = lsn;
        }
    }

    long received() {
        return received;
    }

    void confirm(Lsn flush) {
        if (Long.compareUnsigned(flush.value(), confirmed) < 0) {
            throw new IllegalArgumentException(
                    "Cannot confirm " + flush + " after " + Lsn.of(confirmed) + ": a confirmation never goes back");
        }
        if (Long.compareUnsigned(flush.value(), received) > 0
                && Long.compareUnsigned(flush.value(), flushedAtStart) > 0) {
            throw new IllegalArgumentException("Cannot confirm " + flush + ": the server has sent only up to "
                    + Lsn.of(received) + " and had written " + Lsn.of(flushedAtStart)
                    + " when the session began; it would swallow what comes before it");
        }
        confirmed = flush.value();
    }

    long confirmed() {
        return confirmed;
    }

    long nanosToDeadline() {
        return intervalNanos - (System.nanoTime() - lastSentNanos);
    }

    /**
     * Sends a status.
     *
     * @param replyRequested whether the server shall answer at once
     * @param heldBack whether the confirmed position must stay where it was last reported
     */
    void send(boolean replyRequested, boolean heldBack) throws SQLException {
        if (!heldBack) {
            reported = confirmed;
        }
        byte[] status = StandbyStatus.encode(received, reported, clock.instant(), replyRequested);
        copy.writeToCopy(status, 0, status.length);
        copy.flushCopy();
        lastSentNanos = System.nanoTime();
        sent++;
    }

    long reported() {
        return reported;
    }

    long sent() {
        return sent;
    }
}
