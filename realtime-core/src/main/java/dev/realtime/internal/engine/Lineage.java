package dev.realtime.internal.engine;

import dev.realtime.error.GapException;
import dev.realtime.event.Gap;
import dev.realtime.event.Gap.Reason;
import dev.realtime.internal.replication.SystemIdentity;
import dev.realtime.internal.setup.SlotState;
import dev.realtime.internal.store.StoredState;
import dev.realtime.wal.Lsn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process knows of the server and the slot it streams from, so that another server, a server that went back in
 * time or a slot that someone else has moved is noticed before anything of it is delivered. It knows nothing of the time
 * before this process. Confined to the reader thread.
 */
final class Lineage {

    private static final Logger LOG = LoggerFactory.getLogger(Lineage.class);

    private @Nullable SystemIdentity first;
    /** The next session may find the slot anywhere: that was told. */
    private boolean anywhere;

    /**
     * Judges what the first session found, and remembers it.
     *
     * @param identity the server
     * @param slot the slot
     * @param stored what earlier processes have left; null for nothing
     * @param fork where the server's timeline left the one that is stored; null where it is the same, or no descendant of it
     * @throws GapFound where changes are lost, or may be
     */
    void begin(SystemIdentity identity, SlotState slot, @Nullable StoredState stored, @Nullable Lsn fork) {
        // What is stored was judged before the gap was told that is passed now.
        Verdict verdict = Verdict.of(identity, fork, slot, anywhere ? null : stored);
        require(slot.name(), verdict, slot.isLost() ? Reason.SLOT_LOST : Reason.SLOT_MOVED);
        begin(identity);
    }

    /** The timeline that was streamed from; 0 before the first session. */
    int timeline() {
        SystemIdentity known = first;
        return known == null ? 0 : known.timeline();
    }

    /** The first session streams from a slot that is as new as it. */
    void begin(SystemIdentity identity) {
        first = identity;
        anywhere = false;
    }

    /** A gap was told, or another instance took over: wherever the slot stands next, the stream goes on from there. */
    void goOnFromAnywhere() {
        anywhere = true;
    }

    /** Whether the next session may find the slot anywhere. */
    boolean goesOnFromAnywhere() {
        return anywhere;
    }

    /**
     * Where a stream may not begin, the error that says why: the one place that all verdicts pass.
     *
     * @param lost what a gap that it tells of is
     * @throws GapFound where changes are lost, or may be
     */
    static void require(String slot, Verdict verdict, Reason lost) {
        if (!verdict.isGood()) {
            String words = "Slot " + slot + ": " + inWords(verdict);
            throw new GapFound(gap(slot, verdict, lost, words), new GapException(words));
        }
        if (verdict instanceof Verdict.Forgotten forgotten) {
            LOG.info(
                    "Slot {} stands at {}, before {} which is handled: the server forgot it in a crash, and what comes again"
                            + " is passed over",
                    slot,
                    forgotten.slotAt(),
                    forgotten.furthest());
        }
    }

    static Gap gap(String slot, Verdict verdict, Reason lost, String words) {
        if (verdict instanceof Verdict.Gap gap) {
            return new Gap(lost, slot, gap.after(), gap.upTo(), words, List.of());
        }
        if (verdict instanceof Verdict.Rewind rewind) {
            return new Gap(Reason.REWOUND, slot, rewind.found(), null, words, List.of());
        }
        if (verdict instanceof Verdict.PositionLost) {
            return new Gap(Reason.POSITION_LOST, slot, null, null, words, List.of());
        }
        Reason reason = verdict instanceof Verdict.SystemMismatch ? Reason.OTHER_SERVER : Reason.SLOT_MISSING;
        return new Gap(reason, slot, null, null, words, List.of());
    }

    static String inWords(Verdict verdict) {
        if (verdict instanceof Verdict.Gap gap) {
            return gap.reason() + ". Changes committed after " + gap.after()
                    + (gap.upTo() == null ? "" : " and up to " + gap.upTo())
                    + " are lost to this application: bring up to date whatever depends on the events. To go on with that"
                    + " gap, let the stream do so by GapPolicy, or delete what is stored of it (realtime_offset and"
                    + " realtime_offset_covered) and start anew";
        }
        if (verdict instanceof Verdict.SystemMismatch mismatch) {
            return "the server is another one: its system identifier is " + mismatch.found() + ", what is stored is of "
                    + mismatch.stored()
                    + ". What was committed on either meanwhile cannot be told. Start anew where this is"
                    + " meant, after deleting what is stored";
        }
        if (verdict instanceof Verdict.Rewind rewind) {
            return "the server went back in time: " + rewind.furthest() + " was handled or confirmed, but "
                    + (rewind.found() == null
                            ? "its timeline is another one, and left that one nobody knows where"
                            : "its log ends, or left the one that was streamed from, at " + rewind.found())
                    + ". Some of what was handled has never happened; start anew, or with GapPolicy.ACCEPT_REWIND, where this"
                    + " is meant";
        }
        if (verdict instanceof Verdict.PositionLost) {
            return "its stored position is gone, in part or as a whole: what it has handled cannot be told any more. Where"
                    + " this is meant, delete what is stored of it (realtime_offset and realtime_offset_covered) and start"
                    + " anew";
        }
        return "it is not on the server, but its publication is";
    }

    /**
     * Judges what a later session found.
     *
     * @param identity the server
     * @param slot the slot's name
     * @param position how far it is confirmed
     * @param ours how far this process has confirmed, or found confirmed at its beginning
     * @param reached how far the stream came
     * @throws GapFound where changes are lost, or may be
     */
    void check(SystemIdentity identity, String slot, Lsn position, Lsn ours, Reached reached) {
        SystemIdentity known = first;
        if (known == null) {
            throw new IllegalStateException("No session has begun yet");
        }
        if (!known.systemIdentifier().equals(identity.systemIdentifier())) {
            throw found(
                    Reason.OTHER_SERVER,
                    slot,
                    ours,
                    null,
                    "The server is another one: its system identifier is " + identity.systemIdentifier()
                            + ", the stream began on " + known.systemIdentifier()
                            + ". What was committed on either meanwhile cannot be told. Start anew where this is meant.");
        }
        boolean promoted = known.timeline() != identity.timeline();
        if (promoted && !isDescendant(reached)) {
            throw found(
                    Reason.REWOUND,
                    slot,
                    ours,
                    null,
                    "The server is on timeline " + identity.timeline() + ", the stream began on timeline "
                            + known.timeline()
                            + ": a standby was promoted or a backup restored, and what was handled behind the"
                            + " fork may not exist any more. Start anew where this is meant.");
        }
        Lsn received = promoted ? reached.handled() : reached.received();
        if (identity.walFlush().isBefore(received)) {
            throw found(
                    Reason.REWOUND,
                    slot,
                    identity.walFlush(),
                    null,
                    "The server's log ends at " + identity.walFlush() + ", before " + received
                            + ", which was received from it: it went back in time.");
        }
        if (!anywhere && position.isAfter(ours)) {
            throw found(
                    Reason.SLOT_MOVED,
                    slot,
                    ours,
                    position,
                    "Slot " + slot + " stands at " + position + ", but this application confirmed no"
                            + " more than " + ours
                            + ": something else moved it or created it anew, and the changes between are lost to it."
                            + " Bring up to date whatever depends on them, then start again, or let the stream go on"
                            + " by itself with GapPolicy.REPORT.");
        }
        first = identity;
        anywhere = false;
    }

    /** Everything that was handled happened on the new timeline too: it left the old one behind that. */
    private static boolean isDescendant(Reached reached) {
        Lsn fork = reached.fork();
        return fork != null && !fork.isBefore(reached.handled());
    }

    private static GapFound found(Reason reason, String slot, @Nullable Lsn from, @Nullable Lsn to, String words) {
        return new GapFound(new Gap(reason, slot, from, to, words, List.of()), new GapException(words));
    }
}
