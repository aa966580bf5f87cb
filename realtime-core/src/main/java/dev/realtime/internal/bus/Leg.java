package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Cursor;
import dev.realtime.internal.ack.Tally;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a subscription's way that one stream brings: the shared one, or one of its own on which it catches up. A
 * subscription goes one leg after the other. All methods are confined to the thread that reads the stream, but for the
 * queue and the tally.
 */
final class Leg {

    private final Cursor cursor;
    private final DeliveryQueue queue;
    private final Tally tally = new Tally();
    /** Filled until the queue takes it. */
    private final List<Delivery> pending = new ArrayList<>();

    private final boolean shared;
    private @Nullable Ticket offered;
    /** How long its reader has stood still for it since it kept up last. */
    private long waitedNanos;

    /**
     * @param cursor the subscription's
     * @param queue between the stream's reader and the subscription
     * @param shared whether it is the shared stream that brings it
     */
    Leg(Cursor cursor, DeliveryQueue queue, boolean shared) {
        this.cursor = cursor;
        this.queue = queue;
        this.shared = shared;
    }

    boolean isShared() {
        return shared;
    }

    DeliveryQueue queue() {
        return queue;
    }

    Tally tally() {
        return tally;
    }

    void row(Ticket ticket, BoundChange<?> change) {
        if (offered != ticket) {
            offered = ticket;
            cursor.offered(tally, ticket);
        }
        pending.add(new Delivery(ticket, change));
    }

    void commit(Ticket ticket) {
        if (offered == ticket) {
            pending.add(new Delivery(ticket, null));
        }
    }

    /** Its reader has stood still, for this leg among others where its queue is full. */
    void waited(long nanos) {
        if (!pending.isEmpty()) {
            waitedNanos += nanos;
        }
    }

    /** How long its reader has stood still for it in all, since it kept up last. */
    long waitedNanos() {
        return waitedNanos;
    }

    /** Its reader has nothing more to give: where the queue has room to spare, the subscription keeps up. */
    void forgive() {
        if (waitedNanos != 0 && pending.isEmpty() && queue.isAtMostHalfFull()) {
            waitedNanos = 0;
        }
    }

    /** Hands over what has gathered; false where the queue is full. */
    boolean flush() {
        if (!pending.isEmpty()) {
            if (!queue.offer(pending)) {
                return false;
            }
            pending.clear();
        }
        return true;
    }
}
