package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.EntityBinding;
import dev.realtime.internal.transaction.RowChange;
import java.util.List;

/** Where a stream's reader puts what it has bound: the shared stream's all subscriptions, or one that catches up. */
public interface RowSink {

    /**
     * Gathers a change for the subscriptions that want it.
     *
     * @param ticket its transaction
     * @param bindings the entities that lie in its table
     * @param change the change
     */
    void row(Ticket ticket, List<EntityBinding<?>> bindings, RowChange change);

    /**
     * Gathers the end of a transaction for the subscriptions that had a row of it.
     *
     * @param ticket the transaction, which has come whole or was cut
     */
    void commit(Ticket ticket);

    /**
     * Whether so much has gathered that it should be handed over before more is read.
     *
     * @return true where {@link #flush()} is due
     */
    boolean isFlushDue();

    /**
     * Hands over what has gathered.
     *
     * @return false where a queue is full: wait for {@linkplain #awaitSpace space} and call again
     */
    boolean flush();

    /**
     * Waits until a queue that was full has space, or the time is over.
     *
     * @param nanos how long to wait
     */
    void awaitSpace(long nanos);
}
