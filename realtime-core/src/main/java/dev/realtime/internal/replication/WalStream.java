package dev.realtime.internal.replication;

import dev.realtime.error.ConnectException;
import dev.realtime.error.ProtocolException;
import dev.realtime.error.SetupException;
import dev.realtime.wal.Lsn;
import java.io.IOException;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyDual;

/**
 * The stream of one slot: records out, confirmations back (manual, section 54.4, {@code START_REPLICATION}). The loop
 * around it is
 *
 * <pre>{@code
 * while ((record = stream.poll()) != null) { ... }    // always to null, the driver holds bytes of its own
 * switch (stream.await(deadline)) { ... }             // sends statuses and watches the server meanwhile
 * }</pre>
 *
 * and where it does not poll for a while it calls {@link #sendStatusIfDue} instead. After any exception only {@link
 * #close} remains.
 *
 * <p>Confined to the reader thread, except {@link #requestStop}, {@link #stopRequested} and {@link #abort}.
 */
public final class WalStream implements AutoCloseable {

    /** How long a message may still take to arrive after a stop was requested. */
    private static final long STOP_GRACE_NANOS = 1_000_000_000;

    /** How often the end of that grace is looked at in the middle of a message. */
    private static final long LONGEST_TICK_NANOS = 200_000_000;

    private final Connection connection;
    private final CopyDual copy;
    private final WaitingSocket socket;
    private final WaitingInput input;
    private final Feedback feedback;
    private final ServerWarnings warnings;
    private final String slot;
    private final Liveness liveness;
    private boolean broken;
    private boolean closed;
    private long records;
    private long keepalives;
    private long statusesInsideMessages;
    private @Nullable ConnectException insideFailure;
    private volatile long stopNanos;
    private volatile boolean stopRequested;

    WalStream(
            Connection connection,
            CopyDual copy,
            WaitingSocket socket,
            String slot,
            Lsn walFlush,
            SessionSettings settings)
            throws IOException {
        this.connection = connection;
        this.copy = copy;
        this.socket = socket;
        this.slot = slot;
        this.warnings = new ServerWarnings(connection);
        this.feedback =
                new Feedback(copy, Clock.systemUTC(), settings.statusInterval().toNanos(), walFlush);
        this.input = socket.startPolling(this::insideMessage);
        this.liveness = new Liveness(input, settings.deadAfter().toNanos());
    }

    /**
     * The next record that is there. Waits only where a message has begun to arrive, and sends statuses meanwhile.
     *
     * @return the record, or null where nothing is pending
     * @throws ConnectException where the connection is gone or the server ended the stream
     * @throws SetupException where the server ended the stream for want of a publication or a privilege
     * @throws ProtocolException where the envelope is malformed
     */
    public @Nullable WalRecord poll() {
        sendStatusIfDue();
        byte[] frame = read();
        collectWarnings(); // before its record goes on: they came before it
        if (frame == null) {
            return null;
        }
        WalRecord record = Frame.decode(frame, feedback.received());
        if (record instanceof Keepalive keepalive) {
            keepalives++;
            feedback.received(keepalive.walEnd());
        } else if (record instanceof XLogData data) {
            records++;
            feedback.received(data.lsn());
        }
        return record;
    }

    private byte @Nullable [] read() {
        try {
            return broken ? null : copy.readFromCopy(false);
        } catch (SQLException e) {
            broken = true;
            if (insideFailure != null) {
                throw insideFailure;
            }
            if (stopRequested) {
                return null;
            }
            throw StreamFailure.inStream(e, slot);
        } catch (RuntimeException e) {
            broken = true;
            throw new ProtocolException("CopyData", received(), "the driver cannot read it", e);
        }
    }

    /**
     * Waits until bytes are there. Sends the status whenever it is due, and gives the server up where it stays silent
     * although it was asked for a reply.
     *
     * @param deadlineNanos until when, on the clock of {@link System#nanoTime}
     * @return why the wait ended
     * @throws ConnectException where the connection is gone, or the server is silent for too long
     */
    public Wake await(long deadlineNanos) {
        while (!broken) {
            sendStatusIfDue();
            giveUpWhereDead();
            long untilDeadline = deadlineNanos - System.nanoTime();
            long wait = Math.min(untilDeadline, Math.min(feedback.nanosToDeadline(), liveness.nanosToNext()));
            Wake wake = awaitBytes(wait);
            if (wake != Wake.TIMEOUT || System.nanoTime() - deadlineNanos >= 0) {
                broken |= wake == Wake.END && !stopRequested; // the server ended it: nobody reads a status any more
                return wake;
            }
        }
        return Wake.END;
    }

    private Wake awaitBytes(long nanos) {
        try {
            return input.await(nanos);
        } catch (IOException e) {
            broken = true;
            throw lost("The connection broke while waiting for slot " + slot, e);
        }
    }

    /**
     * Remembers a position up to which everything is handled; the next status carries it.
     *
     * @param flush the end of a transaction, or the position of a keepalive read when nothing was open; never a
     *     position that was merely received
     * @throws IllegalArgumentException where it lies before the one confirmed last, or beyond what the server has sent
     */
    public void confirm(Lsn flush) {
        feedback.confirm(flush);
    }

    /**
     * The position confirmed last.
     *
     * @return the position, {@link Lsn#ZERO} where there is none yet
     */
    public Lsn confirmed() {
        return Lsn.of(feedback.confirmed());
    }

    /**
     * The highest position that the server has sent.
     *
     * @return the position; not one to confirm
     */
    public Lsn received() {
        return Lsn.of(feedback.received());
    }

    /**
     * Tells the server now how far the stream was received and confirmed. While a warning has not been taken, the
     * confirmed position stays where it was.
     *
     * @param replyRequested whether the server shall answer at once
     * @throws ConnectException where the connection is gone
     */
    public void sendStatus(boolean replyRequested) {
        try {
            send(replyRequested);
        } catch (SQLException e) {
            broken = true;
            throw StreamFailure.inStream(e, slot);
        }
    }

    /**
     * Sends a status where the last one was a status interval ago: for a reader that does not poll at the moment.
     *
     * @throws ConnectException where the connection is gone
     */
    public void sendStatusIfDue() {
        if (!broken && feedback.nanosToDeadline() <= 0) {
            sendStatus(false);
        }
    }

    /**
     * How long a reader that does not poll may stay away until {@link #sendStatusIfDue} must be called.
     *
     * @return nanoseconds, 0 or less where it is due
     */
    public long nanosToNextStatus() {
        return feedback.nanosToDeadline();
    }

    private void send(boolean replyRequested) throws SQLException {
        if (broken) {
            throw new SQLException("The stream is over", "08003");
        }
        warnings.collect();
        feedback.send(replyRequested, warnings.areUnjudged());
        if (replyRequested) {
            liveness.asked();
        }
    }

    /** In the middle of a message; the locks of the driver are held, but by this thread, and writing needs no others. */
    private long insideMessage() throws IOException {
        boolean stopping = stopRequested && System.nanoTime() - stopNanos > STOP_GRACE_NANOS;
        try {
            giveUpWhereDead();
            if (stopping || feedback.nanosToDeadline() <= 0) {
                send(false);
                statusesInsideMessages++;
            }
        } catch (SQLException e) {
            insideFailure = lost("The connection broke in the middle of a message of slot " + slot, e);
            throw new SocketException(insideFailure.getMessage());
        } catch (ConnectException e) {
            insideFailure = e;
            throw new SocketException(e.getMessage());
        }
        if (stopping) {
            throw new SocketException("Stopped in the middle of a message");
        }
        return Math.min(LONGEST_TICK_NANOS, Math.min(feedback.nanosToDeadline(), liveness.nanosToNext()));
    }

    private void giveUpWhereDead() {
        if (liveness.isDead()) {
            broken = true;
            socket.hardClose();
            throw lost(
                    "The server has been silent for " + liveness.silentMillis() + " ms on slot " + slot
                            + " although a reply was asked for",
                    null);
        }
        if (liveness.isQuestionDue()) {
            sendStatus(true);
        }
    }

    private static ConnectException lost(String message, @Nullable Throwable cause) {
        return new ConnectException(message, "08006", cause);
    }

    private void collectWarnings() {
        try {
            if (!broken) {
                warnings.collect();
            }
        } catch (SQLException e) {
            broken = true;
            throw StreamFailure.inStream(e, slot);
        }
    }

    /**
     * Takes what the server has warned of since the last call; it came before the record that was polled last. From the
     * first warning on no status confirms more than the last one did, not even the one that {@link #close} sends, until
     * the warnings are {@linkplain #acceptWarnings found harmless}.
     *
     * @return the warnings in order, usually none
     */
    public List<ServerWarning> takeWarnings() {
        return warnings.take();
    }

    /** The warnings that were taken mean no loss: confirmations go on. */
    public void acceptWarnings() {
        warnings.foundHarmless();
    }

    /**
     * The position that the server was told last.
     *
     * @return the position, {@link Lsn#ZERO} where there is none yet
     */
    public Lsn reported() {
        return Lsn.of(feedback.reported());
    }

    /**
     * How long the last byte from the server is ago, a keepalive's included.
     *
     * @return nanoseconds
     */
    public long nanosSinceLastByte() {
        return System.nanoTime() - input.lastByteNanos();
    }

    /**
     * What this stream has done.
     *
     * @return the counts so far
     */
    public StreamCounters counters() {
        return new StreamCounters(
                input.bytes(), input.reads(), records, keepalives, feedback.sent(), statusesInsideMessages);
    }

    /**
     * Tells the reader to stop. A wait ends at once with {@link Wake#END}; elsewhere the next wait does, and a message
     * that is arriving may take another second. Statuses can still be sent. Thread-safe.
     */
    public void requestStop() {
        stopNanos = System.nanoTime();
        stopRequested = true;
        socket.endReading();
    }

    /**
     * Whether the reader was told to stop. Thread-safe.
     *
     * @return true after {@link #requestStop} or {@link #abort}
     */
    public boolean stopRequested() {
        return stopRequested;
    }

    /** Cuts the connection without a last status: every call on the stream ends at once. Thread-safe. */
    public void abort() {
        stopRequested = true;
        Disconnect.hard(connection, socket);
    }

    /**
     * Sends a last status and closes the connection, without waiting for the server to read it: where it is lost, what it
     * confirmed comes again.
     */
    @Override
    public void close() {
        if (endsInOrder()) {
            Disconnect.orderly(connection, socket);
        }
    }

    /**
     * Sends a last status, waits up to a second until the server has read it, and closes the connection. Whatever the server
     * says meanwhile is left unread, and closing with unread bytes resets the connection: a status that was sent but not
     * read by then would be lost. Inside a transaction a walsender reads replies only once its own sending blocks.
     *
     * @param arrived asked until it is true, for example for the slot's {@code confirmed_flush_lsn}
     */
    public void close(BooleanSupplier arrived) {
        if (endsInOrder()) {
            if (Disconnect.lingering(arrived)) {
                Disconnect.orderly(connection, socket);
            } else {
                Disconnect.hard(connection, socket);
            }
        }
    }

    /** Sends the last status; where there is nobody to send it to, the connection is closed. */
    private boolean endsInOrder() {
        if (closed) {
            return false;
        }
        closed = true;
        boolean sent = !broken && lastStatusSent();
        if (!sent) {
            Disconnect.hard(connection, socket);
        }
        return sent;
    }

    private boolean lastStatusSent() {
        try {
            send(false);
            return true;
        } catch (SQLException alreadyGone) {
            return false;
        }
    }
}
