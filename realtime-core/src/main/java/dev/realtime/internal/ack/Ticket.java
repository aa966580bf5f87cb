package dev.realtime.internal.ack;

/**
 * Stands for one transaction on its way through the subscriptions. Written by the reader thread before it is handed
 * over, read by the subscriptions after.
 */
public final class Ticket {

    private final long commitLsn;
    private final long previousEnd;
    private long endLsn;

    Ticket(long commitLsn, long previousEnd) {
        this.commitLsn = commitLsn;
        this.previousEnd = previousEnd;
    }

    /**
     * The transaction's commit record.
     *
     * @return its position, unsigned
     */
    public long commitLsn() {
        return commitLsn;
    }

    /** Where the transaction before it ended, unsigned: who begins this one has finished everything up to there. */
    long previousEnd() {
        return previousEnd;
    }

    void committed(long end) {
        endLsn = end;
    }

    /** The end of the commit record, unsigned; known once its commit came. */
    long endLsn() {
        return endLsn;
    }
}
