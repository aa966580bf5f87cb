package dev.realtime.internal.engine;

import dev.realtime.internal.replication.SystemIdentity;
import dev.realtime.internal.setup.SlotState;
import dev.realtime.internal.store.StoredOffset;
import dev.realtime.internal.store.StoredState;
import dev.realtime.wal.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * What the server, the slot and the stored state say together before a stream begins: whether something is lost. Its
 * functions are pure. Immutable.
 */
sealed interface Verdict {

    /** Nobody has streamed before: a slot may be created. */
    record FirstStart() implements Verdict {}

    /** The publication is there, the slot is not, and nobody knows how far it was. */
    record SlotMissing() implements Verdict {}

    /**
     * What was committed in between cannot be delivered any more.
     *
     * @param after everything up to here was handled
     * @param upTo nothing is known to be missing behind it; null for now
     * @param reason what was found
     */
    record Gap(Lsn after, @Nullable Lsn upTo, String reason) implements Verdict {}

    /**
     * The server is another one.
     *
     * @param stored the server that was streamed from
     * @param found the server that answers
     */
    record SystemMismatch(String stored, String found) implements Verdict {}

    /**
     * The server went back in time: some of what was handled has never happened.
     *
     * @param furthest how far it was handled or confirmed
     * @param found how far the server's log goes, or where its timeline left the one that was streamed from; null where
     *     that is not known
     */
    record Rewind(Lsn furthest, @Nullable Lsn found) implements Verdict {}

    /** What is stored of a subscription's position is gone, though the subscription was there. */
    record PositionLost() implements Verdict {}

    /** Everything is as it was left. */
    record Continue() implements Verdict {}

    /**
     * The server crashed and has forgotten the last confirmations: what the stored positions cover comes again and is
     * passed over.
     *
     * @param slotAt where the slot stands
     * @param furthest how far subscriptions are
     */
    record Forgotten(Lsn slotAt, Lsn furthest) implements Verdict {}

    /** Whether the stream may begin. */
    default boolean isGood() {
        return this instanceof FirstStart || this instanceof Continue || this instanceof Forgotten;
    }

    /**
     * Where there is no slot.
     *
     * @param publicationThere whether its publication is in the database
     * @param stored what was left; null for nothing
     */
    static Verdict withoutSlot(boolean publicationThere, @Nullable StoredState stored) {
        if (stored != null) {
            return new Gap(stored.confirmed(), null, "the slot is not on the server any more");
        }
        return publicationThere ? new SlotMissing() : new FirstStart();
    }

    /**
     * Where there is a slot.
     *
     * @param identity the server
     * @param fork where the server's timeline left the stored one; null where that is the same, or not known
     * @param slot the slot
     * @param stored what was left; null for nothing
     */
    static Verdict of(SystemIdentity identity, @Nullable Lsn fork, SlotState slot, @Nullable StoredState stored) {
        Lsn slotAt = slot.confirmedFlush() == null ? Lsn.ZERO : slot.confirmedFlush();
        if (slot.isLost()) {
            String reason = slot.invalidation() == null ? "its log was removed" : slot.invalidation();
            return new Gap(slotAt, null, "PostgreSQL has given the slot up (" + reason + ")");
        }
        if (stored == null) {
            return slotAt.isAfter(identity.walFlush()) ? new Rewind(slotAt, identity.walFlush()) : new Continue();
        }
        if (!stored.systemIdentifier().equals(identity.systemIdentifier())) {
            return new SystemMismatch(stored.systemIdentifier(), identity.systemIdentifier());
        }
        Lsn furthest = stored.furthest().isAfter(slotAt) ? stored.furthest() : slotAt;
        if (identity.walFlush().isBefore(furthest)) {
            return new Rewind(furthest, identity.walFlush());
        }
        // How far the slot moved since, on whatever timeline, is another question.
        if (stored.timeline() != identity.timeline() && (fork == null || fork.isBefore(stored.furthest()))) {
            return new Rewind(stored.furthest(), fork);
        }
        if (slotAt.isAfter(stored.confirmed())) {
            return new Gap(stored.confirmed(), slotAt, "something else moved the slot, or created it anew");
        }
        Lsn handled = stored.offsets().values().stream()
                .map(StoredOffset::commitLsn)
                .max(Lsn::compareTo)
                .orElse(Lsn.ZERO);
        return slotAt.isBefore(handled) ? new Forgotten(slotAt, handled) : new Continue();
    }

    /**
     * Of one subscription, where the stream may begin.
     *
     * @param slotAt where the slot stands
     * @param systemIdentifier the server
     * @param covered up to where the slot moved with the subscription there
     * @param offset how far it is; null where that is not stored any more
     */
    static Verdict ofSubscription(Lsn slotAt, String systemIdentifier, Lsn covered, @Nullable StoredOffset offset) {
        if (offset == null) {
            return new PositionLost();
        }
        if (!offset.systemIdentifier().equals(systemIdentifier)) {
            return new SystemMismatch(offset.systemIdentifier(), systemIdentifier);
        }
        return covered.isBefore(slotAt)
                ? new Gap(covered, slotAt, "the subscription was away while the slot was moved")
                : new Continue();
    }
}
