package dev.realtime.internal.transaction;

import dev.realtime.internal.pgoutput.Relation;

/** Where the protocol's state goes on to, in the order of the stream. Called on the reader thread. */
public interface TransactionListener {

    /**
     * A relation is new or may have changed; its rows follow.
     *
     * @param relation replaces what was known of its id
     */
    void relation(Relation relation);

    /**
     * A transaction begins that was not begun before, in this session or an earlier one of the process.
     *
     * @param transaction the transaction
     */
    void begin(Transaction transaction);

    /**
     * A row change that did not go on before.
     *
     * @param change the change
     */
    void row(RowChange change);

    /**
     * The open transaction is complete.
     *
     * @param transaction the transaction
     * @param endLsn the end of its commit record, unsigned
     */
    void commit(Transaction transaction, long endLsn);

    /**
     * The rest of the open transaction will not come, and that was told: it was handled elsewhere, or is lost.
     *
     * @param transaction the transaction
     */
    void cut(Transaction transaction);
}
