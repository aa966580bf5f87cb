package dev.realtime.internal.ack;

/**
 * Stands for one transaction on its way through the subscriptions. Written by the reader thread before it is handed
 * over, read by the subscriptions after.
 */
public final class Ticket {

    private final long commitLsn;
    private final long previousEnd;
    private long endLsn;
    private boolean cut;

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

    void cut() {
        cut = true;
    }

    /**
     * Whether the rest of it will never come: it ends with what came, and is not whole.
     *
     * @return known once its end came
     */
    public boolean isCut() {
        return cut;
    }

    /** The end of the commit record, or a position in it where it was cut, unsigned; known once its end came. */
    long endLsn() {
        return endLsn;
    }
}
