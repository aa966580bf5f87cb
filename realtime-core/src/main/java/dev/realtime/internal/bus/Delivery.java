package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a queue: a change of a transaction, or its end. Immutable.
 *
 * @param ticket the transaction
 * @param change the change; null for the end
 */
record Delivery(Ticket ticket, @Nullable BoundChange<?> change) {

    /** What an entry takes besides the row itself, roughly. */
    private static final int OVERHEAD_BYTES = 128;

    /** About how many bytes of heap it holds. */
    long bytes() {
        return change == null ? OVERHEAD_BYTES : OVERHEAD_BYTES + change.size();
    }
}
