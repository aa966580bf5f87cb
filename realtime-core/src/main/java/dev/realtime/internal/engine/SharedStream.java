package dev.realtime.internal.engine;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.internal.replication.ReplicationSession;
import dev.realtime.internal.replication.WalStream;
import dev.realtime.internal.setup.ServerSetup;
import dev.realtime.internal.setup.SlotState;
import dev.realtime.internal.setup.Survey;
import dev.realtime.internal.store.StoredState;
import dev.realtime.setup.SetupMode;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream that all subscriptions share, one session after the other: each is checked, opened, read to its end and
 * closed. Confined to the reader thread where a method does not say otherwise.
 */
final class SharedStream {

    private static final Logger LOG = LoggerFactory.getLogger(SharedStream.class);

    private final EngineParts parts;
    private final Ways ways;
    private final Runnable streams;
    private final Lineage lineage = new Lineage();
    private final Recording recording;
    private boolean begun;
    private boolean slotIsNew;

    private volatile @Nullable Forward forward;
    private volatile @Nullable ReplicationSession session;
    private volatile @Nullable WalStream stream;

    /**
     * @param parts what the engine is made of
     * @param ways leads changes to the subscriptions
     * @param streams told when a session streams
     */
    SharedStream(EngineParts parts, Ways ways, Runnable streams) {
        this.parts = parts;
        this.ways = ways;
        this.streams = streams;
        this.recording = new Recording(parts);
    }

    /**
     * One session; returns where a stop is wished.
     *
     * @param timeLeft how long setting the server up may take, before the first session streams
     */
    void session(Duration timeLeft) {
        try {
            open(timeLeft);
        } finally {
            session = null;
            stream = null;
            parts.questions().keepAlive(null);
            parts.bus().flush(); // what was read before the connection broke need not wait for the next one
        }
    }

    /** Ends a wait for bytes. Safe to call from any thread. */
    void requestStop() {
        WalStream reading = stream;
        if (reading != null) {
            reading.requestStop();
        }
    }

    /**
     * Ends a wait for bytes where no transaction is open, whose rest would be cut off. Safe to call from any thread, after
     * the stop was wished: the reader looks at the wish after it has opened a transaction, so either it leaves by itself or
     * there is nothing open.
     */
    void requestStopBetweenTransactions() {
        Forward way = forward;
        if (way == null || !way.isTransactionOpen()) {
            requestStop();
        }
    }

    /** Cuts the connection. Safe to call from any thread. */
    void abort() {
        ReplicationSession open = session;
        if (open != null) {
            open.abort();
        }
    }

    private void open(Duration timeLeft) {
        Survey survey = parts.questions().ask(begun ? parts.database()::verifyForStream : () -> prepare(timeLeft));
        SlotState slot = Objects.requireNonNull(survey.slot(), "a complete survey has a slot");
        if (slot.active()) {
            throw ServerSetup.slotInUse(slot, null);
        }
        try (ReplicationSession opened = parts.openSession()) {
            session = opened;
            if (begun) {
                Lsn received = Lsn.of(parts.positions().received());
                lineage.check(opened.identity(), slot, Lsn.of(parts.mark().position()), received);
            } else {
                parts.mark()
                        .resume(lineage.begin(opened.identity(), slot, recording.stored())
                                .value());
            }
            Forward way = forward(survey);
            long horizon = slotIsNew ? 0 : opened.identity().walFlush().value();
            way.sessionStarted(opened.identity().systemIdentifier(), horizon);
            slotIsNew = false;
            read(opened, way);
        }
    }

    private void read(ReplicationSession opened, Forward way) {
        Capture capture = parts.capture();
        WalStream records =
                opened.startStreaming(capture.slot(), List.of(capture.request().publication()));
        try {
            stream = records;
            parts.questions().keepAlive(records);
            if (begun) {
                recording.requireOwner();
            } else {
                recording.takeOver(opened.identity(), Lsn.of(parts.mark().position()));
            }
            begun = true;
            streams.run();
            ReadLoop loop = new ReadLoop(records, way, recording, parts);
            loop.run();
            loop.finish();
        } catch (SetupException e) {
            if (e.problem() == SetupProblem.PUBLICATION_MISSING) {
                parts.questions().ask(parts.database()::verifyForStream); // says more where it is still missing
            }
            throw e;
        } finally {
            records.close(() -> parts.database().isConfirmed(records.reported()));
        }
    }

    private Survey prepare(Duration timeLeft) {
        SetupMode mode = parts.settings().setupMode();
        Survey found = parts.database().survey();
        slotIsNew = found.slot() == null;
        if (slotIsNew) {
            requireNothingStored();
        }
        if (!found.isComplete() && mode == SetupMode.APPLY) {
            // Nothing is created on a server that will not let us stream: a slot would keep its log for nobody.
            parts.openSession().close();
        }
        Survey prepared = parts.database().prepare(mode, timeLeft);
        slotIsNew &= parts.database().hasCreatedSlot(); // another instance may have created it, and streamed from it
        prepared.notices()
                .forEach(notice -> LOG.warn("Slot {}: {}", parts.capture().slot(), notice));
        return prepared;
    }

    /** A slot that was there once must not be created as if it never was. */
    private void requireNothingStored() {
        StoredState stored = recording.storedNow();
        if (stored != null) {
            Lineage.require(parts.capture().slot(), Verdict.withoutSlot(true, stored));
        }
    }

    private Forward forward(Survey survey) {
        Forward way = forward;
        if (way == null) {
            ways.found(parts.capture().registered(survey));
            // What is confirmed was handled: a server that crashed may have forgotten it, and send it again.
            way = ways.forward(
                    parts.bus(), parts.mark().transactions(), parts.mark().position(), parts.questions());
            forward = way;
        }
        return way;
    }
}
