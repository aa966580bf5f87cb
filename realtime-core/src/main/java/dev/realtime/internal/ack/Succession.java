package dev.realtime.internal.ack;

import dev.realtime.wal.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one stream in their order: it gives each its ticket. Confined to the thread that reads the stream,
 * but for {@link #lastCommit()}.
 */
public final class Succession {

    private @Nullable Ticket open;
    /** The end of the last transaction that came whole, or a later position behind which nothing was missed; unsigned. */
    private long lastEnd;

    private volatile long lastCommit;

    /**
     * The stream begins where everything before is known to be finished.
     *
     * @param position an unsigned position
     */
    public void resume(long position) {
        lastEnd = position;
    }

    /**
     * A transaction begins to come.
     *
     * @param commitLsn its commit record, unsigned
     * @return its ticket
     */
    public Ticket begin(long commitLsn) {
        if (open != null || Long.compareUnsigned(commitLsn, lastEnd) < 0) {
            throw new IllegalStateException("A transaction at " + Lsn.of(commitLsn) + " begins behind "
                    + Lsn.of(lastEnd) + (open == null ? "" : ", while another is open"));
        }
        open = new Ticket(commitLsn, lastEnd);
        return open;
    }

    /**
     * The open transaction has come whole. Its ticket may go to the subscriptions now.
     *
     * @param endLsn the end of its commit record, unsigned
     * @return its ticket
     */
    public Ticket commit(long endLsn) {
        Ticket ticket = open;
        if (ticket == null || Long.compareUnsigned(endLsn, ticket.commitLsn()) <= 0) {
            throw new IllegalStateException("No open transaction ends at " + Lsn.of(endLsn));
        }
        ticket.committed(endLsn);
        open = null;
        lastEnd = endLsn;
        lastCommit = ticket.commitLsn();
        return ticket;
    }

    /**
     * The rest of the open transaction will not come: it ends with what came. Its ticket may go to the subscriptions now.
     *
     * @return its ticket
     */
    public Ticket cut() {
        Ticket ticket = open;
        if (ticket == null) {
            throw new IllegalStateException("No transaction is open that could be cut");
        }
        ticket.cut();
        return commit(ticket.commitLsn() + 1); // where it really ends nobody has said
    }

    /**
     * The transaction that is open.
     *
     * @return its ticket, or null where none is
     */
    public @Nullable Ticket open() {
        return open;
    }

    /**
     * The commit record of the last transaction that came whole. Safe to call from any thread.
     *
     * @return an unsigned position, 0 before the first
     */
    public long lastCommit() {
        return lastCommit;
    }

    /**
     * The end of the last transaction that came whole, or a later position behind which nothing was missed.
     *
     * @return an unsigned position
     */
    public long lastEnd() {
        return lastEnd;
    }

    /** Nothing was missed up to a later position. */
    void passTo(long position) {
        if (Long.compareUnsigned(position, lastEnd) > 0) {
            lastEnd = position;
        }
    }
}
