package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import org.jspecify.annotations.Nullable;

/**
 * A change, or the end of a transaction, from when it was given until everything before it is finished too. Confined to
 * the subscription's thread, but for what a handler's thread is given by a queue.
 */
final class InFlight {

    private final Ticket ticket;
    private final @Nullable Spot spot;
    private @Nullable BoundChange<?> change;
    private final long bytes;

    /** How often its handler has failed. */
    int failures;
    /** When it is offered again, where it waits for that. */
    long dueNanos;
    /** How many events were handled, where a lane has finished it. */
    int handledEvents;
    /** Whether it was let go of unfinished, and comes again. */
    boolean dropped;

    private InFlight(Ticket ticket, @Nullable Spot spot, @Nullable BoundChange<?> change, long bytes) {
        this.ticket = ticket;
        this.spot = spot;
        this.change = change;
        this.bytes = bytes;
    }

    static InFlight of(Ticket ticket, BoundChange<?> change) {
        return new InFlight(ticket, Spot.of(change), change, change.size());
    }

    /** A change that was handled on an earlier leg. */
    static InFlight handled(Ticket ticket, BoundChange<?> change) {
        return new InFlight(ticket, Spot.of(change), null, 0);
    }

    static InFlight end(Ticket ticket) {
        return new InFlight(ticket, null, null, 0);
    }

    Ticket ticket() {
        return ticket;
    }

    /** Where the change stands; null for the end of a transaction. */
    @Nullable
    Spot spot() {
        return spot;
    }

    /** The change, asked for only while it is not finished. */
    BoundChange<?> change() {
        BoundChange<?> unfinished = change;
        if (unfinished == null) {
            throw new IllegalStateException("It is finished");
        }
        return unfinished;
    }

    long bytes() {
        return bytes;
    }

    boolean isFinished() {
        return change == null;
    }

    /** Lets go of the row: what is finished may wait long for what is before it. */
    void finish() {
        change = null;
    }
}
