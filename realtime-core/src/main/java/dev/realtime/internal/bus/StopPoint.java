package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Ticket;

/**
 * Where the subscriptions stop together: behind the last transaction that any of them has begun. So a graceful stop
 * leaves nothing half handled, and nothing that some have handled and others have not. Thread-safe.
 */
final class StopPoint {

    private long lastBegun;
    private boolean stopping;

    /**
     * Whether a subscription may turn to a transaction.
     *
     * @param shared whether it comes on the shared stream; one that catches up is behind the others anyway
     */
    synchronized boolean mayBegin(Ticket ticket, boolean shared) {
        if (!shared) {
            return !stopping;
        }
        boolean later = Long.compareUnsigned(ticket.commitLsn(), lastBegun) > 0;
        if (later && !stopping) {
            lastBegun = ticket.commitLsn();
        }
        return !later || !stopping;
    }

    /**
     * From now on no transaction is begun that none has begun yet.
     *
     * @return the commit record of the last one that is, unsigned; 0 where none is
     */
    synchronized long stop() {
        stopping = true;
        return lastBegun;
    }
}
