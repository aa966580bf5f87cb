package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
import dev.realtime.error.FencedException;
import dev.realtime.error.GapException;
import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.bus.SubscriptionProgress;
import dev.realtime.internal.replication.SystemIdentity;
import dev.realtime.internal.setup.Database;
import dev.realtime.internal.store.SlotOffsets;
import dev.realtime.internal.store.StoredOffset;
import dev.realtime.internal.store.StoredState;
import dev.realtime.wal.Lsn;
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
 */
final class Recording {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private final @Nullable OffsetPlan plan;
    private final String slot;
    private final Database database;
    private final Questions questions;
    private final Bus bus;
    private final ConfirmedMark mark;
    private final SubscriptionGaps gaps;
    private final boolean standsBy;
    private final RecordPace pace = new RecordPace(System.nanoTime());

    private Map<String, Lsn> recordedDone = Map.of();
    private int failures;
    /** Another instance has taken over. */
    private boolean displaced;
    /** Subscriptions that another owner may have fenced off before this one took over again. */
    private final Set<String> perhapsFenced = new HashSet<>();

    private String server = "";
    private long incarnation;

    Recording(EngineParts parts, Gaps gaps) {
        this.plan = parts.capture().offsets();
        this.slot = parts.capture().slot();
        this.database = parts.database();
        this.questions = parts.questions();
        this.bus = parts.bus();
        this.mark = parts.mark();
        this.gaps = new SubscriptionGaps(parts, gaps);
        this.standsBy = parts.settings().continuity().standsBy();
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
        if (behindGap) {
            pass(slotAt, known.names());
        }
        StoredState state = become(known, server, slotAt);
        for (String name : known.names()) {
            StoredOffset offset = state.offsets().get(name);
            if (goesOn(name, server, slotAt, state) && offset != null) {
                bus.resumeAt(name, offset.commitLsn().value(), offset.ordinal());
            }
        }
    }

    private StoredState become(OffsetPlan known, SystemIdentity server, Lsn slotAt) {
        StoredState state = questions.ask(() -> database.run(
                "Taking over the stored positions of slot " + slot,
                control -> known.offsets()
                        .takeOver(control, server.systemIdentifier(), server.timeline(), slotAt, known.names())));
        this.server = server.systemIdentifier();
        pace.begin(state.confirmed().value());
        recordedDone = Map.of();
        incarnation = state.incarnation();
        displaced = false;
        return state;
    }

    /** Whether a subscription goes on from its stored place, or behind a gap of its own. */
    private boolean goesOn(String name, SystemIdentity server, Lsn slotAt, StoredState state) {
        Verdict verdict = Verdict.ofSubscription(
                slotAt,
                server.systemIdentifier(),
                state.covered().getOrDefault(name, Lsn.ZERO),
                state.offsets().get(name));
        return verdict.isGood() || goesOnBehind(verdict, name, slotAt);
    }

    /** One subscription has a gap of its own: it stops where no policy passes it. */
    private boolean goesOnBehind(Verdict verdict, String name, Lsn slotAt) {
        boolean passes = gaps.passes(verdict, name);
        if (passes) {
            pass(slotAt, List.of(name));
        }
        return passes;
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
     * A later session streams: nobody else was the owner meanwhile, or this one stands by and takes over again.
     *
     * @param slotAt where the slot stands
     * @throws FencedException where another instance was, and this one does not stand by
     * @throws GapException where what was stored is gone
     */
    void goOn(SystemIdentity server, Lsn slotAt) {
        OffsetPlan known = plan;
        if (known == null) {
            return;
        }
        SlotOffsets.Standing standing = standing(known, server.timeline());
        if (standing == SlotOffsets.Standing.OWNER) {
            return;
        }
        if (standing == SlotOffsets.Standing.GONE) {
            throw new GapException("What was stored of slot " + slot
                    + " is gone: what was handled cannot be told any more. Start anew where this is meant");
        }
        requireStandby();
        StoredState state = become(known, server, slotAt);
        LOG.info("Slot {} is taken over again", slot);
        perhapsFenced.addAll(known.storing());
        perhapsFenced.removeIf(name -> !goesOn(name, server, slotAt, state));
        known.names().stream()
                .filter(name -> !known.storing().contains(name))
                .forEach(name -> goesOn(name, server, slotAt, state));
        resumeFenced();
        pace.unsettle();
    }

    /**
     * Before a later session: where another instance has taken over, and this one does not stand by, that is the end.
     *
     * @throws FencedException then
     */
    void requireOwnerUnlessStandby() {
        OffsetPlan known = plan;
        if (known != null && !standsBy && standing(known, 0) == SlotOffsets.Standing.FOLLOWED) {
            requireStandby();
        }
    }

    private void requireStandby() {
        if (!standsBy) {
            throw new FencedException(
                    "Another instance has taken slot " + slot + " over, and this one does not stand by: start it anew");
        }
    }

    /** Whether another instance has moved the slot to a position: it was the owner, and confirmed no less. */
    boolean wasMovedByFollower(Lsn position) {
        OffsetPlan known = plan;
        if (known == null || !standsBy || standing(known, 0) != SlotOffsets.Standing.FOLLOWED) {
            return false;
        }
        StoredState state = stored();
        return state != null && !position.isAfter(state.confirmed());
    }

    /** Where this is the owner, what is recorded from now on is of a timeline; 0 for the one before. */
    private SlotOffsets.Standing standing(OffsetPlan known, int timeline) {
        SlotOffsets.Standing standing = questions.ask(() -> database.run(
                "Reading the stored positions of slot " + slot,
                control -> known.offsets().standing(control, timeline)));
        displaced = standing == SlotOffsets.Standing.FOLLOWED;
        return standing;
    }

    /** Whether another instance had taken over, when it was looked last. */
    boolean isDisplaced() {
        return displaced;
    }

    /** What a subscription was fenced off from by another owner it may go on with now, once. */
    private void resumeFenced() {
        perhapsFenced.removeAll(bus.refused());
        if (perhapsFenced.isEmpty()) {
            return;
        }
        for (SubscriptionProgress progress : bus.progress()) {
            if (progress.state() == SubscriptionProgress.State.STOPPED
                    && progress.lastError() instanceof FencedException
                    && perhapsFenced.remove(progress.name())) {
                bus.resume(progress.name());
            }
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
        return Long.compareUnsigned(position, pace.recorded()) < 0 ? position : pace.recorded();
    }

    /** How long until the next record; {@link Long#MAX_VALUE} where none is wanted as things are. */
    long nanosToDue(long position) {
        return plan == null ? Long.MAX_VALUE : pace.nanosToDue(position, mark.offers(), System.nanoTime());
    }

    private void record(OffsetPlan known, long position) {
        long offers = mark.offers();
        boolean idle = mark.isIdle();
        Map<String, Lsn> done = new HashMap<>();
        Set<String> plain = new HashSet<>(known.names());
        plain.removeAll(known.storing());
        List<String> covered = new ArrayList<>(known.names());
        List<String> refused = bus.refused();
        covered.removeAll(refused);
        plain.removeAll(refused);
        for (SubscriptionProgress progress : bus.progress()) {
            if (progress.state() == SubscriptionProgress.State.DETACHED) {
                covered.remove(progress.name()); // so that the next start finds its gap too
            }
            Lsn at = Lsn.of(progress.position());
            if (plain.contains(progress.name()) && !at.equals(recordedDone.get(progress.name()))) {
                done.put(progress.name(), at);
            }
        }
        pace.tried(System.nanoTime());
        resumeFenced();
        gaps.tellFound(known.storing());
        boolean moves = Long.compareUnsigned(position, pace.recorded()) > 0;
        if (moves || !done.isEmpty()) {
            Lsn confirmed = Lsn.of(moves ? position : pace.recorded());
            try {
                SlotOffsets.Recorded recorded = questions.ask(() -> database.run(
                        "Recording " + confirmed + " of slot " + slot,
                        control -> known.offsets().record(control, confirmed, done, covered)));
                pace.wrote(confirmed.value(), recorded.logEnd().value());
                recorded.lost()
                        .forEach((name, row) ->
                                gaps.lost(name, Verdict.ofSubscription(Lsn.ZERO, server, Lsn.ZERO, row.orElse(null))));
            } catch (FencedException e) {
                standing(known, 0);
                throw e;
            } catch (ConnectException e) {
                failures++;
                if (Integer.bitCount(failures) == 1) {
                    LOG.warn("Slot {} confirms nothing until it can be recorded: {}", slot, e.getMessage());
                }
                return;
            }
            failures = 0;
            Map<String, Lsn> all = new HashMap<>(recordedDone);
            all.putAll(done);
            recordedDone = all;
            gaps.tellFound(known.storing());
        }
        pace.done(offers, idle);
    }
}
