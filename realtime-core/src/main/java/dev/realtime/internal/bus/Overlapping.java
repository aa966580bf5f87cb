package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import org.jspecify.annotations.Nullable;

/**
 * Handles a change while others are not finished. Confined to the subscription's thread, but for the queue of the leg, at
 * which others ring.
 */
abstract class Overlapping extends Handling {

    final Attempts attempts;
    final Flight flight;
    private volatile @Nullable DeliveryQueue queue;

    /**
     * @param attempts the policy
     * @param flight holds what is not finished
     */
    Overlapping(Attempts attempts, Flight flight) {
        this.attempts = attempts;
        this.flight = flight;
    }

    @Override
    void begin(Leg leg) {
        queue = leg.queue();
    }

    /** Of the leg that has begun. */
    DeliveryQueue queue() {
        DeliveryQueue current = queue;
        if (current == null) {
            throw new IllegalStateException("No leg has begun");
        }
        return current;
    }

    @Override
    void passOver(Ticket ticket, BoundChange<?> change) {
        flight.addHandled(ticket, change);
    }

    @Override
    void commit(Ticket ticket) {
        flight.addEnd(ticket);
    }
}
