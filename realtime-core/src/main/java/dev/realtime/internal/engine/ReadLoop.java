package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
import dev.realtime.error.GapException;
import dev.realtime.event.Gap;
import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.replication.Keepalive;
import dev.realtime.internal.replication.ServerWarning;
import dev.realtime.internal.replication.Wake;
import dev.realtime.internal.replication.WalRecord;
import dev.realtime.internal.replication.WalStream;
import dev.realtime.internal.replication.XLogData;
import dev.realtime.internal.setup.Database;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.util.List;

/** One session's loop: from the first record to the wish to stop, or to the error that ends it. Confined to the reader thread. */
final class ReadLoop {

    /** How long a handled transaction may wait for its confirmation; the server is not told of each. */
    private static final long CONFIRM_NANOS = Duration.ofMillis(100).toNanos();
    /** How long to wait for bytes where only the deadline of a status counts; the stream keeps that by itself. */
    private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();

    private final WalStream stream;
    private final String slot;
    private final Forward forward;
    private final Bus bus;
    private final ConfirmedMark mark;
    private final Recording recording;
    private final Lsn confirmedBefore;
    private final Stop stop;
    private final Database database;
    private final Questions questions;
    private final Departure departure;
    private final Positions positions;
    private final CaughtUp caughtUp;
    private final Claims claims;
    private final Duration detachAfter;

    private long lastConfirmedNanos = System.nanoTime();
    private boolean unsent;
    /** Whether a keepalive came while something was running: it will not come again by itself. */
    private boolean passedBy;

    private long received;

    ReadLoop(WalStream stream, Forward forward, Recording recording, EngineParts parts) {
        this.stream = stream;
        this.slot = parts.capture().slot();
        this.forward = forward;
        this.bus = parts.bus();
        this.mark = parts.mark();
        this.recording = recording;
        this.confirmedBefore = Lsn.of(mark.position());
        this.stop = parts.stop();
        this.database = parts.database();
        this.questions = parts.questions();
        this.departure = new Departure(database, questions);
        this.positions = parts.positions();
        this.caughtUp = parts.caughtUp();
        this.claims = new Claims(parts);
        this.detachAfter = parts.settings().detachAfter();
    }

    /** Reads until the wish to stop can be met. */
    void run() {
        while (true) {
            WalRecord record;
            while ((record = stream.poll()) != null) {
                heed(stream.takeWarnings());
                if (record instanceof XLogData data) {
                    forward.take(data);
                    received = Long.compareUnsigned(data.lsn(), received) > 0 ? data.lsn() : received;
                } else {
                    keepalive((Keepalive) record);
                }
                if (stop.isDue(forward.openCommitLsn())) {
                    return;
                }
                if (bus.isFlushDue()) {
                    handOver();
                    changePlaces();
                    confirm();
                }
            }
            handOver();
            bus.caughtUp();
            changePlaces();
            confirm();
            heed(stream.takeWarnings());
            if (stop.isDue(forward.openCommitLsn())) {
                return;
            }
            if (stream.await(System.nanoTime() + nanosToWait()) == Wake.END) {
                if (stop.isDue(forward.openCommitLsn())) {
                    return;
                }
                throw new ConnectException("The server ended the stream", "08006", null);
            }
        }
    }

    /**
     * From version 18 on a missing publication is no more than a warning to the server, which goes on without its changes:
     * where it is back already, nobody can tell what was left out. Heeded before the record behind it goes on.
     */
    private void heed(List<ServerWarning> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        for (ServerWarning warning : warnings) {
            if (ServerWarning.PUBLICATION_SKIPPED.equals(warning.sqlState())) {
                questions.ask(database::verifyForStream); // its error says more where it is still missing
                String words = "The server left changes out of the stream between " + confirmedAtLeast()
                        + " and " + stream.received() + ", because a publication was missing for a while: "
                        + warning.message() + ". To go on with that gap, move the slot behind it with"
                        + " pg_replication_slot_advance.";
                throw new GapFound(
                        new Gap(
                                Gap.Reason.PUBLICATION_MISSING,
                                slot,
                                confirmedAtLeast(),
                                stream.received(),
                                words,
                                List.of("SELECT pg_catalog.pg_replication_slot_advance('" + slot
                                        + "', pg_catalog.pg_current_wal_lsn());")),
                        new GapException(words));
            }
        }
        stream.acceptWarnings();
    }

    /** How far the server was told to forget, in this session or before it. */
    private Lsn confirmedAtLeast() {
        return stream.reported().isAfter(confirmedBefore) ? stream.reported() : confirmedBefore;
    }

    /** After the loop: waits for the handlers, and goes on telling the server that we live. */
    void finish() {
        handOver();
        bus.close();
        while (!bus.awaitEnd(Math.min(stop.nanosLeft(), Math.max(stream.nanosToNextStatus(), 1)))
                && stop.nanosLeft() > 0) {
            confirm();
            stream.sendStatusIfDue();
        }
        confirm(recording.admittedNow(mark.advance()));
        confirm();
    }

    private void keepalive(Keepalive keepalive) {
        positions.received(keepalive.walEnd());
        mark.keepalive(keepalive.walEnd());
        passedBy = !mark.isIdle();
        if (keepalive.replyRequested()) {
            long confirmed = remember();
            sendStatus(false);
            departure.replied(keepalive, confirmed);
        }
    }

    /** Gives the bus what has gathered, however long a full queue takes; statuses go on meanwhile. */
    private void handOver() {
        // Once a stop is wished, those that are not needed for it any more end, and wait for nothing.
        while (!bus.flush() && !stop.isOverdue()) {
            if (bus.leaveFullBehind(detachAfter)) {
                continue;
            }
            bus.awaitSpace(Math.min(nanosToStatus(), departure.nanosToQuestion()));
            confirm();
            stream.sendStatusIfDue();
            departure.paused();
            claims.dropBeyondBudget();
        }
    }

    /** Lets subscriptions leave the shared stream, and come back to it between two transactions. */
    private void changePlaces() {
        claims.dropBeyondBudget();
        bus.releaseAbandoned();
        if (!forward.isTransactionOpen()) {
            bus.admit(mark.transactions().lastCommit());
        }
    }

    private long nanosToStatus() {
        return Math.max(
                1, mark.isIdle() ? stream.nanosToNextStatus() : Math.min(CONFIRM_NANOS, stream.nanosToNextStatus()));
    }

    private void confirm() {
        positions.received(received);
        remember();
        boolean asks = hasToAsk();
        if ((unsent || asks) && System.nanoTime() - lastConfirmedNanos >= CONFIRM_NANOS) {
            passedBy &= !asks;
            sendStatus(asks);
        }
    }

    /** Lets the next status carry what is finished. */
    private long remember() {
        long position = recording.admitted(mark.advance());
        confirm(position);
        return position;
    }

    private void confirm(long position) {
        // Behind a gap, what was received before it may still be handled: the slot stands further than that already.
        if (Long.compareUnsigned(position, stream.confirmed().value()) > 0
                && Long.compareUnsigned(position, positions.goesOnFrom()) >= 0) {
            stream.confirm(Lsn.of(position));
            unsent = true;
            caughtUp.markMoved();
        }
    }

    private void sendStatus(boolean replyRequested) {
        stream.sendStatus(replyRequested);
        unsent = false;
        lastConfirmedNanos = System.nanoTime();
    }

    /** Whether the server may be further than the mark, now that nothing is running, and does not say so again. */
    private boolean hasToAsk() {
        return passedBy && mark.isIdle();
    }

    private long nanosToWait() {
        if (unsent || hasToAsk()) {
            return Math.max(0, CONFIRM_NANOS - (System.nanoTime() - lastConfirmedNanos));
        }
        long toRecord = Math.max(0, recording.nanosToDue(mark.position()));
        return mark.isIdle() ? Math.min(IDLE_NANOS, toRecord) : CONFIRM_NANOS;
    }
}
