package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
import dev.realtime.error.FencedException;
import dev.realtime.error.GapException;
import dev.realtime.event.Gap;
import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.bus.SubscriptionProgress;
import dev.realtime.internal.replication.SystemIdentity;
import dev.realtime.internal.setup.Database;
import dev.realtime.internal.store.StoredOffset;
import dev.realtime.internal.store.StoredState;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how far the server may forget before it is told, so that a slot which stands further than that was moved by
 * someone else. Where no position is stored it lets everything pass. Confined to the reader thread.
 *
 * <p>To record is to write, and moves the server's log by itself: an advance without work is recorded seldom, and not at
 * all where hardly more than the last record lies behind it.
 */
final class Recording {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private static final long WORK_NANOS = Duration.ofMillis(500).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long IDLE_BYTES = 16L << 20;
    /** What the server writes by itself in answer to a record: snapshots of running transactions, checkpoints, vacuum. */
    private static final long ECHO_BYTES = 64L << 10;

    private final @Nullable OffsetPlan plan;
    private final String slot;
    private final Database database;
    private final Questions questions;
    private final Bus bus;
    private final Signals signals;
    private final ConfirmedMark mark;
    private final Gaps gaps;

    private long recorded;
    private Map<String, Lsn> recordedDone = Map.of();
    private long recordedOffers;
    private boolean settled = true;
    private long ownEnd;
    private long lastNanos = System.nanoTime();
    private int failures;
    private long incarnation;

    Recording(EngineParts parts, Gaps gaps) {
        this.plan = parts.capture().offsets();
        this.slot = parts.capture().slot();
        this.database = parts.database();
        this.questions = parts.questions();
        this.bus = parts.bus();
        this.signals = parts.signals();
        this.mark = parts.mark();
        this.gaps = gaps;
    }

    /** What earlier processes have left; null for nothing. Asked after the slot, so that it is no older than that. */
    @Nullable
    StoredState stored() {
        StoredState found = plan == null
                ? null
                : questions.ask(() -> Optional.ofNullable(storedNow())).orElse(null);
        incarnation = found == null ? incarnation : found.incarnation();
        return found;
    }

    /** How often a server that went back in time was accepted, as far as {@link #stored} has told. */
    long incarnation() {
        return incarnation;
    }

    /** The same, on the calling thread. */
    @Nullable
    StoredState storedNow() {
        OffsetPlan known = plan;
        return known == null
                ? null
                : database.run("Reading the stored positions of slot " + slot, known.offsets()::read)
                        .orElse(null);
    }

    /**
     * The slot is ours now, the first time: nothing was delivered yet.
     *
     * @param behindGap that something is lost was told
     */
    void takeOver(SystemIdentity server, Lsn slotAt, boolean behindGap) {
        OffsetPlan known = plan;
        if (known == null) {
            return;
        }
        String system = server.systemIdentifier();
        if (behindGap) {
            pass(slotAt, known.names());
        }
        StoredState state = questions.ask(() -> database.run(
                "Taking over the stored positions of slot " + slot,
                control -> known.offsets().takeOver(control, system, server.timeline(), slotAt, known.names())));
        recorded = state.confirmed().value();
        incarnation = state.incarnation();
        for (String name : known.names()) {
            StoredOffset offset = state.offsets().get(name);
            Verdict verdict =
                    Verdict.ofSubscription(slotAt, system, state.covered().getOrDefault(name, Lsn.ZERO), offset);
            if (verdict.isGood() || goesOnBehind(verdict, name, slotAt)) {
                bus.resumeAt(name, offset.commitLsn().value(), offset.ordinal());
            }
        }
    }

    /** One subscription has a gap of its own: it is told, and the subscription stops where no policy passes it. */
    private boolean goesOnBehind(Verdict verdict, String name, Lsn slotAt) {
        String words = "Subscription " + name + " of slot " + slot + ": " + Lineage.inWords(verdict)
                + ". Where it is resumed, it goes on behind the gap";
        Gap gap =
                Lineage.gap(slot, verdict, Gap.Reason.SUBSCRIPTION_AWAY, words).of(name);
        LOG.warn("Slot {}, gap {}: {}", slot, gap.reason(), words);
        questions.ask(() -> {
            signals.tell(gap);
            return gap;
        });
        if (!gaps.passes(gap.reason())) {
            bus.refuse(name, new GapException(words));
            return false;
        }
        pass(slotAt, List.of(name));
        return true;
    }

    private void pass(Lsn slotAt, List<String> names) {
        OffsetPlan known = Objects.requireNonNull(plan);
        questions.ask(() -> database.run(
                "Passing a gap of slot " + slot, control -> known.offsets().passTo(control, slotAt, names)));
    }

    /** The server went back in time, and that is accepted: what is stored begins anew. */
    void startOver(SystemIdentity server, Lsn slotAt) {
        OffsetPlan known = Objects.requireNonNull(plan);
        questions.ask(() -> database.run("Starting slot " + slot + " over", control -> {
            known.offsets().startOver(control, server.timeline(), slotAt, incarnation);
            return slotAt;
        }));
    }

    /**
     * A later session: nobody else may have been the owner meanwhile. What is recorded from now on is of this server's
     * timeline.
     */
    void requireOwner(SystemIdentity server) {
        OffsetPlan known = plan;
        if (known != null
                && !questions.ask(() -> database.run(
                        "Reading the stored positions of slot " + slot,
                        control -> known.offsets().isOwner(control, server.timeline())))) {
            throw new FencedException("Another instance streamed from slot " + slot
                    + " meanwhile, or what was stored of it is gone: start this one anew");
        }
    }

    /**
     * How far the server may be told to forget by now.
     *
     * @param position how far everything is finished, unsigned
     */
    long admitted(long position) {
        if (plan == null) {
            return position;
        }
        if (nanosToDue(position) <= 0) {
            record(plan, position);
        }
        return admittedOf(position);
    }

    /** The same, at once. */
    long admittedNow(long position) {
        if (plan != null) {
            record(plan, position);
        }
        return plan == null ? position : admittedOf(position);
    }

    private long admittedOf(long position) {
        return Long.compareUnsigned(position, recorded) < 0 ? position : recorded;
    }

    /** How long until the next record; {@link Long#MAX_VALUE} where none is wanted as things are. */
    long nanosToDue(long position) {
        if (plan == null) {
            return Long.MAX_VALUE;
        }
        long since = System.nanoTime() - lastNanos;
        if (mark.offers() != recordedOffers || !settled) {
            return WORK_NANOS - since;
        }
        long beyond = position - recorded;
        boolean further = Long.compareUnsigned(position, recorded) > 0
                && Long.compareUnsigned(position, ownEnd) > 0
                && (position - ownEnd > ECHO_BYTES || position - ownEnd < 0);
        if (!further) {
            return Long.MAX_VALUE;
        }
        return beyond > IDLE_BYTES || beyond < 0 ? WORK_NANOS - since : IDLE_NANOS - since;
    }

    private void record(OffsetPlan known, long position) {
        long offers = mark.offers();
        boolean idle = mark.isIdle();
        Map<String, Lsn> done = new HashMap<>();
        Set<String> plain = new HashSet<>(known.names());
        plain.removeAll(known.storing());
        List<String> covered = new ArrayList<>(known.names());
        covered.removeAll(bus.refused());
        for (SubscriptionProgress progress : bus.progress()) {
            if (progress.state() == SubscriptionProgress.State.DETACHED) {
                covered.remove(progress.name()); // so that the next start finds its gap too
            }
            Lsn at = Lsn.of(progress.position());
            if (plain.contains(progress.name()) && !at.equals(recordedDone.get(progress.name()))) {
                done.put(progress.name(), at);
            }
        }
        lastNanos = System.nanoTime();
        boolean moves = Long.compareUnsigned(position, recorded) > 0;
        if (moves || !done.isEmpty()) {
            Lsn confirmed = Lsn.of(moves ? position : recorded);
            try {
                Lsn end = questions.ask(() -> database.run(
                        "Recording " + confirmed + " of slot " + slot,
                        control -> known.offsets().record(control, confirmed, done, covered)));
                ownEnd = end.value();
            } catch (ConnectException e) {
                failures++;
                if (Integer.bitCount(failures) == 1) {
                    LOG.warn("Slot {} confirms nothing until it can be recorded: {}", slot, e.getMessage());
                }
                return;
            }
            failures = 0;
            recorded = confirmed.value();
            Map<String, Lsn> all = new HashMap<>(recordedDone);
            all.putAll(done);
            recordedDone = all;
        }
        recordedOffers = offers;
        settled = idle;
    }
}
