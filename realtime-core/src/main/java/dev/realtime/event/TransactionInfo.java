package dev.realtime.event;

import dev.realtime.wal.Lsn;
import java.time.Instant;
import java.util.Objects;

/**
 * The transaction that made a change. Immutable.
 *
 * @param xid its number, an unsigned 32-bit counter that wraps around: data, not a key
 * @param commitLsn the position of its commit record: transactions of one server are ordered by it
 * @param commitTime when it was committed, by the server's clock, to the microsecond: data, not an order
 */
public record TransactionInfo(long xid, Lsn commitLsn, Instant commitTime) {

    /** A transaction. */
    public TransactionInfo {
        Objects.requireNonNull(commitLsn, "commitLsn");
        Objects.requireNonNull(commitTime, "commitTime");
    }
}
