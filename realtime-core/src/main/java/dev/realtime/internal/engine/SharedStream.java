package dev.realtime.internal.engine;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.event.Gap;
import dev.realtime.event.Gap.Reason;
import dev.realtime.event.Signal;
import dev.realtime.event.Started;
import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.replication.ReplicationSession;
import dev.realtime.internal.replication.SystemIdentity;
import dev.realtime.internal.replication.WalStream;
import dev.realtime.internal.setup.SlotState;
import dev.realtime.internal.setup.Survey;
import dev.realtime.internal.setup.WantedSlot;
import dev.realtime.internal.store.StoredState;
import dev.realtime.setup.SetupMode;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private final SlotSource source;
    private boolean begun;
    /** The gap that was told since the last session streamed. */
    private @Nullable Gap toldHere;

    private boolean slotIsNew;
    private boolean slotIsRecreated;
    private final Gaps gaps;

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
        this.gaps =
                new Gaps(parts.capture().slot(), parts.settings().continuity().gaps());
        this.recording = new Recording(parts, gaps);
        this.source = new SlotSource(parts, lineage);
    }

    /**
     * One session; returns where a stop is wished, or a gap was told and passed.
     *
     * @param timeLeft how long setting the server up may take, before the first session streams
     */
    void session(Duration timeLeft) {
        try {
            oneSession(timeLeft);
        } catch (RuntimeException e) {
            GapFound found =
                    begun ? gaps.behind(e, Lsn.of(parts.mark().position())) : e instanceof GapFound gap ? gap : null;
            if (found == null) {
                throw e;
            }
            if (!found.gap().equals(toldHere)) {
                toldHere = found.gap();
                tell(found.gap());
            }
            if (!gaps.passes(found.gap().reason())) {
                throw found.error();
            }
            pass(found.gap(), timeLeft);
            if (begun && found.gap().reason() == Reason.REWOUND) {
                throw found.error(); // what is being handled belongs to a past that never was
            }
        }
    }

    private void oneSession(Duration timeLeft) {
        try {
            open(timeLeft);
        } finally {
            session = null;
            stream = null;
            parts.questions().keepAlive(null);
            parts.bus().flush(); // what was read before the connection broke need not wait for the next one
        }
    }

    /** The name of the slot on the server. Safe to call from any thread. */
    String slotOnServer() {
        return source.onServer();
    }

    /** Whether another connection still streams from the durable slot, as it did when it was looked at last. */
    boolean isInUse() {
        return parts.questions().ask(parts.database()::isSlotActive);
    }

    /** Whether another instance had taken the stored positions over, when it was looked last. */
    boolean isDisplaced() {
        return recording.isDisplaced();
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
        if (begun) {
            source.tellOfBreak();
        }
        Survey survey = parts.questions().ask(begun ? parts.database()::verifyForStream : () -> prepare(timeLeft));
        SlotState slot = survey.slot();
        parts.watch().seen(survey.captured());
        if (begun) {
            recording.requireOwnerUnlessStandby(); // rather than wait for another one, or take its work for a gap
        }
        if (slot != null && slot.active()) {
            source.refuse(slot, begun);
        }
        try (ReplicationSession opened = parts.openSession()) {
            session = opened;
            if (slot != null) {
                keepOnStandbys(opened, slot);
            }
            Lsn position = source.position(opened, slot);
            if (begun && recording.wasMovedByFollower(position)) {
                lineage.goOnFromAnywhere();
            }
            boolean behindGap = lineage.goesOnFromAnywhere();
            slotIsNew |= source.isTemporary();
            String name = parts.capture().slot();
            if (begun) {
                lineage.check(opened.identity(), name, position, confirmedOrPassed(), reached(opened));
            } else {
                if (slot == null) {
                    lineage.begin(opened.identity());
                } else {
                    StoredState stored = recording.stored();
                    lineage.begin(
                            opened.identity(), slot, stored, stored == null ? null : forkOf(stored.timeline(), opened));
                }
                ways.incarnation(recording.incarnation());
                parts.mark().resume(position.value());
            }
            Forward way = forward(survey);
            if (behindGap || !begun) {
                goOnFrom(position, way);
            }
            long horizon = slotIsNew ? 0 : opened.identity().walFlush().value();
            way.sessionStarted(opened.identity(), horizon);
            slotIsNew = false;
            slotIsRecreated = false; // from now on someone else may stream from it while we do not
            read(opened, way, position, behindGap);
        }
    }

    /** A slot that was there before may not be one that standbys keep. */
    private void keepOnStandbys(ReplicationSession opened, SlotState slot) {
        WantedSlot wanted = parts.capture().request().slot();
        if (wanted == null || !wanted.failover() || slot.failover()) {
            return;
        }
        if (parts.settings().setupMode() == SetupMode.VALIDATE) {
            throw new SetupException(
                    SetupProblem.SLOT_OTHER_OPTIONS,
                    "The replication slot \"" + slot.name()
                            + "\" is not kept by standbys (failover = false). A replication"
                            + " connection changes that by ALTER_REPLICATION_SLOT, as a start with SetupMode.APPLY does",
                    List.of(),
                    null);
        }
        opened.enableFailover(slot.name());
        LOG.info("Slot {} is kept by standbys from now on", slot.name());
    }

    private Reached reached(ReplicationSession opened) {
        ConfirmedMark mark = parts.mark();
        Lsn handled = Lsn.of(mark.transactions().lastEnd());
        Ticket open = mark.transactions().open();
        if (open != null) {
            handled = Lsn.of(open.commitLsn());
        }
        Lsn confirmed = Lsn.of(mark.position());
        return new Reached(
                Lsn.of(parts.positions().received()),
                confirmed.isAfter(handled) ? confirmed : handled,
                forkOf(lineage.timeline(), opened));
    }

    /** Where the server left a timeline; null where it is on it still, or no descendant of it. */
    private static @Nullable Lsn forkOf(int timeline, ReplicationSession opened) {
        return timeline == opened.identity().timeline()
                ? null
                : opened.forkOf(timeline).orElse(null);
    }

    /** Where the slot may stand without anything being lost. */
    private Lsn confirmedOrPassed() {
        Lsn passed = Lsn.of(parts.positions().goesOnFrom());
        Lsn confirmed = Lsn.of(parts.mark().position());
        return passed.isAfter(confirmed) ? passed : confirmed;
    }

    /** At the beginning, and behind a gap. */
    private void goOnFrom(Lsn position, Forward way) {
        parts.positions().goesOnFrom(position.value());
        way.passTo(position.value());
        tell(new Started(parts.capture().slot(), position, slotIsNew));
    }

    private void tell(Signal signal) {
        if (signal instanceof Gap gap) {
            LOG.warn("Slot {}, gap {}: {}", gap.slot(), gap.reason(), gap.description());
        }
        parts.questions().ask(() -> {
            parts.signals().tell(signal);
            return signal;
        });
    }

    /** The gap was told: the next session goes on behind it. */
    private void pass(Gap gap, Duration timeLeft) {
        Duration time = begun ? parts.settings().startTimeout() : timeLeft;
        switch (gap.reason()) {
            case SLOT_MISSING, SLOT_LOST, PUBLICATION_MISSING -> recreateSlot(time);
            case REWOUND -> startOver(time);
            case TRANSACTION_CUT -> {
                Forward way = forward;
                if (way != null) {
                    way.passTo(-1L); // the greatest there is
                }
            }
            default -> {}
        }
        lineage.goOnFromAnywhere();
    }

    private Survey recreateSlot(Duration time) {
        Survey found = parts.questions().ask(() -> parts.database().recreateSlot(time));
        slotIsNew = true;
        slotIsRecreated = true;
        return found;
    }

    /** The server went back in time, and that is accepted: it is streamed from wherever its slot stands. */
    private void startOver(Duration time) {
        SystemIdentity server;
        try (ReplicationSession opened = parts.openSession()) {
            server = opened.identity();
        }
        SlotState slot = parts.questions().ask(parts.database()::survey).slot();
        if (slot == null || slot.position().isAfter(server.walFlush())) {
            slot = Objects.requireNonNull(recreateSlot(time).slot());
        }
        recording.startOver(server, slot.position());
    }

    private void read(ReplicationSession opened, Forward way, Lsn position, boolean behindGap) {
        Capture capture = parts.capture();
        WalStream records = opened.startStreaming(
                source.onServer(), List.of(capture.request().publication()));
        try {
            stream = records;
            parts.questions().keepAlive(records);
            if (begun) {
                recording.goOn(opened.identity(), position);
            } else {
                recording.takeOver(opened.identity(), position, behindGap);
            }
            begun = true;
            toldHere = null;
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
        Survey found = survey();
        slotIsNew = found.slot() == null || slotIsRecreated;
        if (found.slot() == null) {
            requireNothingStored();
        }
        if (!found.isComplete() && mode == SetupMode.APPLY) {
            // Nothing is created on a server that will not let us stream: a slot would keep its log for nobody.
            parts.openSession().close();
        }
        Survey prepared = prepare(found, timeLeft);
        // Another instance may have created it, and streamed from it.
        slotIsNew = slotIsRecreated || slotIsNew && parts.database().hasCreatedSlot();
        prepared.notices()
                .forEach(notice -> LOG.warn("Slot {}: {}", parts.capture().slot(), notice));
        parts.capture().unavailable().forEach(this::warnOfUnavailable);
        return prepared;
    }

    private void warnOfUnavailable(String entity, Map<String, String> attributes) {
        attributes.forEach((attribute, reason) -> LOG.warn(
                "Slot {}: {}.{} is unavailable in every event: {}",
                parts.capture().slot(),
                entity,
                attribute,
                reason));
    }

    /** A slot that was there once must not be created as if it never was. */
    private void requireNothingStored() {
        StoredState stored = recording.storedNow();
        if (stored != null) {
            Lineage.require(parts.capture().slot(), Verdict.withoutSlot(true, stored), Reason.SLOT_MISSING);
        }
    }

    private Survey survey() {
        try {
            return parts.database().survey();
        } catch (SetupException e) {
            throw e.problem() == SetupProblem.SLOT_LOST ? gaps.found(Reason.SLOT_LOST, e, null) : e;
        }
    }

    private Survey prepare(Survey found, Duration timeLeft) {
        try {
            return parts.database().prepare(parts.settings().setupMode(), timeLeft);
        } catch (SetupException e) {
            SetupException refusal = found.refusal();
            if (refusal != null && refusal.problem() == e.problem()) {
                boolean slot = e.problem() == SetupProblem.SLOT_MISSING;
                throw gaps.found(slot ? Reason.SLOT_MISSING : Reason.PUBLICATION_MISSING, e, null);
            }
            throw e;
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
