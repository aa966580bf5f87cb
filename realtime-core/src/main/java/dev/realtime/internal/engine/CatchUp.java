package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
import dev.realtime.error.GapException;
import dev.realtime.internal.bus.Backoff;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.bus.CatchUpLeg;
import dev.realtime.internal.replication.Keepalive;
import dev.realtime.internal.replication.ReplicationSession;
import dev.realtime.internal.replication.Wake;
import dev.realtime.internal.replication.WalRecord;
import dev.realtime.internal.replication.WalStream;
import dev.realtime.internal.replication.XLogData;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one subscription from where it is back to the shared stream: over a replication connection of its own, from a
 * temporary copy of the slot, which stands no further than any subscription is. It runs on a thread of its own; a broken
 * connection is opened again and goes on with the same leg.
 */
final class CatchUp implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();

    private final CatchUpLeg leg;
    private final Capture capture;
    private final Supplier<ReplicationSession> sessions;
    private final Forward forward;
    private final Bus bus;
    private final Stop stop;
    private final Questions questions;
    private final Positions positions;
    private final Supplier<String> slot;
    private final long finishedBefore;

    private boolean joinRequested;
    private long serverSentUpTo;
    private volatile @Nullable ReplicationSession session;

    /**
     * @param leg what it fills
     * @param parts what the engine is made of
     * @param forward leads to the leg
     * @param questions asks the database, and keeps the stream alive meanwhile
     * @param slot the name of the slot on the server
     */
    CatchUp(CatchUpLeg leg, EngineParts parts, Forward forward, Questions questions, Supplier<String> slot) {
        this.leg = leg;
        this.capture = parts.capture();
        this.sessions = parts::openSession;
        this.forward = forward;
        this.bus = parts.bus();
        this.stop = parts.stop();
        this.questions = questions;
        this.positions = parts.positions();
        this.slot = slot;
        this.finishedBefore = leg.position();
    }

    @Override
    public void run() {
        int failures = 0;
        while (!isOver()) {
            try {
                oneSession();
                failures = 0;
            } catch (RuntimeException e) {
                failures++;
                if (isOver()) {
                    return;
                }
                leg.failed(e);
                if (Integer.bitCount(failures) == 1) {
                    LOG.warn("Subscription {} cannot catch up yet: {}", leg.name(), e.getMessage());
                }
                stop.pause(AGAIN.pause(failures));
            } catch (Error e) {
                leg.failed(e);
                return;
            }
        }
    }

    /** Cuts the connection. Safe to call from any thread. */
    void abort() {
        ReplicationSession open = session;
        if (open != null) {
            open.abort();
        }
    }

    private boolean isOver() {
        return leg.isClosed() || stop.isWished();
    }

    private void oneSession() {
        try (ReplicationSession opened = sessions.get()) {
            session = opened;
            String copy = "realtime_" + UUID.randomUUID().toString().replace("-", "");
            judge(opened.copyTemporarySlot(slot.get(), copy));
            forward.sessionStarted(
                    opened.identity(), opened.identity().walFlush().value());
            try (WalStream stream =
                    opened.startStreaming(copy, List.of(capture.request().publication()))) {
                LOG.info("Subscription {} catches up from {}", leg.name(), Lsn.of(leg.position()));
                questions.keepAlive(stream);
                read(stream);
            }
        } finally {
            session = null;
            questions.keepAlive(null);
        }
    }

    /** A slot that stands further than the subscription was moved: the shared stream has to tell of that first. */
    private void judge(Lsn copied) {
        long position = copied.value();
        if (Long.compareUnsigned(position, leg.position()) > 0
                && Long.compareUnsigned(position, positions.goesOnFrom()) > 0) {
            throw new GapException("Slot " + capture.slot() + " stands at " + copied + ", but subscription "
                    + leg.name() + " has finished no more than " + Lsn.of(leg.position()));
        }
        forward.passTo(position);
    }

    private void read(WalStream stream) {
        while (!isOver()) {
            WalRecord record;
            while ((record = stream.poll()) != null && !isOver()) {
                if (record instanceof XLogData data) {
                    forward.take(data);
                } else if (!forward.isTransactionOpen()) {
                    serverSentUpTo = ((Keepalive) record).walEnd();
                }
                if (leg.isFlushDue()) {
                    handOver(stream);
                }
                if (isComplete()) {
                    break;
                }
            }
            if (handOver(stream) && isComplete()) {
                leg.complete();
                LOG.info("Subscription {} is back on the shared stream", leg.name());
                return;
            }
            requestJoin(stream);
            confirm(stream);
            if (stream.await(System.nanoTime() + TICK_NANOS) == Wake.END) {
                throw new ConnectException("The server ended the stream", "08006", null);
            }
        }
    }

    /** Nothing is pending here, so that the shared stream is near. */
    private void requestJoin(WalStream stream) {
        if (!joinRequested) {
            joinRequested = true;
            bus.requestJoin(leg);
            stream.sendStatus(true); // its reply tells how far the server has sent
        }
    }

    /** Whether everything was brought up to where the shared stream has taken over. */
    private boolean isComplete() {
        if (leg.lastCommit().isEmpty() || forward.isTransactionOpen()) {
            return false;
        }
        long last = leg.lastCommit().getAsLong();
        return Long.compareUnsigned(finishedBefore, last) > 0
                || Long.compareUnsigned(leg.transactions().lastCommit(), last) >= 0
                || Long.compareUnsigned(serverSentUpTo, last) > 0;
    }

    /** Gives the leg what has gathered; false where that is not wanted any more. */
    private boolean handOver(WalStream stream) {
        while (!leg.flush()) {
            if (isOver()) {
                return false;
            }
            leg.awaitSpace(Math.min(TICK_NANOS, Math.max(1, stream.nanosToNextStatus())));
            confirm(stream);
            stream.sendStatusIfDue();
        }
        return true;
    }

    /** The copy may forget what the subscription has finished. */
    private void confirm(WalStream stream) {
        long position = leg.position();
        if (Long.compareUnsigned(position, stream.confirmed().value()) > 0
                && Long.compareUnsigned(position, stream.received().value()) <= 0) {
            stream.confirm(Lsn.of(position));
        }
    }
}
