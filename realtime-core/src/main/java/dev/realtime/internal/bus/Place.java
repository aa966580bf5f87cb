package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Cursor;
import dev.realtime.internal.ack.Tally;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.transaction.RowChange;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a subscription is, over all its legs: which changes it has handled, hence which transactions it has finished. It
 * is told in order. What was handled on a leg beyond a change that was not is remembered for the next leg, where that
 * change comes again; it is no more than a {@link Flight} holds. Confined to the subscription's thread.
 */
final class Place {

    private final Cursor cursor;
    private Tally tally = new Tally();
    private @Nullable Ticket turned;

    // The last change of those that were handled without a gap; no object, as it moves with every event
    private long commit;
    private long ordinal = -1;
    private int entity;

    private final TreeSet<Spot> beyond = new TreeSet<>();

    Place(Cursor cursor) {
        this.cursor = cursor;
    }

    /** It goes on another leg, on which nothing was given yet. */
    void turnTo(Leg leg) {
        tally = leg.tally();
        turned = null;
        cursor.runOn(tally);
    }

    /** What lies at or before a row change was handled by an earlier process. Before the subscription runs. */
    void resumeAt(long lastCommit, long lastOrdinal) {
        commit = lastCommit;
        ordinal = lastOrdinal;
        entity = Integer.MAX_VALUE;
    }

    /** Whether a change was handled on an earlier leg. */
    boolean knows(BoundChange<?> change) {
        return !isAhead(change) || !beyond.isEmpty() && beyond.contains(Spot.of(change));
    }

    private boolean isAhead(BoundChange<?> change) {
        RowChange row = change.change();
        int order = Long.compareUnsigned(row.transaction().commitLsn(), commit);
        if (order == 0) {
            order = Long.compare(row.ordinal(), ordinal);
        }
        return order > 0 || order == 0 && change.binding().entityIndex() > entity;
    }

    /** It turns to a transaction, having finished all before it. May be called again. */
    void begun(Ticket ticket) {
        if (ticket != turned) {
            turned = ticket;
            cursor.begun(ticket);
        }
    }

    /** A change is handled, and so are all before it. */
    void handled(BoundChange<?> change) {
        RowChange row = change.change();
        commit = row.transaction().commitLsn();
        ordinal = row.ordinal();
        entity = change.binding().entityIndex();
    }

    /** The same, where the change may be one that an earlier leg has brought already. */
    void handled(Spot spot) {
        if (spot.compareTo(new Spot(commit, ordinal, entity)) > 0) {
            commit = spot.commit();
            ordinal = spot.ordinal();
            entity = spot.entity();
        }
        while (!beyond.isEmpty() && beyond.first().compareTo(spot) <= 0) {
            beyond.pollFirst();
        }
    }

    /** A change is handled, but one before it is not, and will come again. */
    void handledBeyond(Spot spot) {
        beyond.add(spot);
    }

    /** A transaction is finished, and so are all before it. */
    void finished(Ticket ticket) {
        cursor.finished(tally, ticket);
    }
}
