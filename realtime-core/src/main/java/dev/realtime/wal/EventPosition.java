package dev.realtime.wal;

import java.util.Objects;

/**
 * Where one row change stands in the total order of changes: the commit record of its transaction, then its ordinal
 * within that transaction. It is the same however often the change is delivered. Immutable.
 *
 * <p>The position of a row's own log record is not of use here: such positions are neither unique nor ordered across
 * transactions.
 *
 * @param commitLsn the position of the transaction's commit record
 * @param ordinal which row change of its transaction it is, counted from 0
 */
public record EventPosition(Lsn commitLsn, long ordinal) implements Comparable<EventPosition> {

    /**
     * A position.
     *
     * @throws IllegalArgumentException where the ordinal is negative
     */
    public EventPosition {
        Objects.requireNonNull(commitLsn, "commitLsn");
        if (ordinal < 0) {
            throw new IllegalArgumentException("The ordinal of a row change starts at 0, not at " + ordinal);
        }
    }

    @Override
    public int compareTo(EventPosition other) {
        int byCommit = commitLsn.compareTo(other.commitLsn);
        return byCommit != 0 ? byCommit : Long.compare(ordinal, other.ordinal);
    }

    /** As in an event id: {@code 16/B374D848:3}. */
    @Override
    public String toString() {
        return commitLsn + ":" + ordinal;
    }
}
