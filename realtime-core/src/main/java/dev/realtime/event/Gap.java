package dev.realtime.event;

import dev.realtime.wal.Lsn;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes that were committed cannot be delivered any more, or nobody can tell whether they can. It is told before any
 * change that comes behind it; whatever depends on the events must be brought up to date by other means. Immutable.
 *
 * @param reason how the place in the log was lost
 * @param slot the replication slot of the stream
 * @param subscription the one subscription that it concerns; null where it concerns all
 * @param from everything committed before it was confirmed; null where that is not known
 * @param to what is committed behind it will come; null where that is not known yet: where the stream goes on, {@link
 *     Started} tells it
 * @param description what was found, what was expected, and how to go on, for people
 * @param remedy SQL after which a stream goes on behind the gap; empty where there is none
 */
public record Gap(
        Reason reason,
        String slot,
        @Nullable String subscription,
        @Nullable Lsn from,
        @Nullable Lsn to,
        String description,
        List<String> remedy)
        implements Signal {

    /** A gap. */
    public Gap {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(description, "description");
        remedy = List.copyOf(remedy);
    }

    /**
     * A gap of the whole stream.
     *
     * @param reason how the place in the log was lost
     * @param slot the replication slot of the stream
     * @param from everything committed before it was confirmed; null where that is not known
     * @param to what is committed behind it will come; null where that is not known yet
     * @param description what was found
     * @param remedy SQL after which a stream goes on
     */
    public Gap(
            Reason reason, String slot, @Nullable Lsn from, @Nullable Lsn to, String description, List<String> remedy) {
        this(reason, slot, null, from, to, description, remedy);
    }

    /**
     * The same gap, of one subscription alone.
     *
     * @param name the subscription
     * @return a gap
     */
    public Gap of(String name) {
        return new Gap(reason, slot, name, from, to, description, remedy);
    }

    /** How a place in the log is lost. */
    public enum Reason {
        /** The slot is not on the server, though it was, or its publication is: dropped, or left behind by a failover. */
        SLOT_MISSING,
        /** The slot's name belongs to a slot of another kind, plugin or database now. */
        SLOT_REPLACED,
        /** PostgreSQL has given the slot up: its size, its idle time or a conflict with recovery. */
        SLOT_LOST,
        /** The slot stands behind what was confirmed: somebody moved it, or dropped and created it anew. */
        SLOT_MOVED,
        /** A subscription was away while the slot moved on without it. */
        SUBSCRIPTION_AWAY,
        /** The server kept more of its log for a subscription than it may: the subscription has lost its claim. */
        CLAIM_DROPPED,
        /** The publication is missing, or was for a while: what was committed meanwhile is left out. */
        PUBLICATION_MISSING,
        /** A transaction that was delivered in part did not come again. */
        TRANSACTION_CUT,
        /** What is stored of the position in the application's database is gone. */
        POSITION_LOST,
        /** It is another server: another system identifier. */
        OTHER_SERVER,
        /** The server went back in time, to a backup or a standby that lacked what was handled: some of it never happened. */
        REWOUND,
        /** The connection of a temporary slot broke, and the slot went with it. */
        DISCONNECTED
    }
}
