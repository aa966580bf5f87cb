package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;

/** Handles one change at a time, in order: the next one when the one before is handled. Confined to the subscription's thread. */
final class OneByOne extends Handling {

    private final Calls<BoundChange<?>> calls;
    private final Attempts attempts;
    private final Place place;

    OneByOne(Calls<BoundChange<?>> calls, Attempts attempts, Place place) {
        this.calls = calls;
        this.attempts = attempts;
        this.place = place;
    }

    @Override
    void change(Ticket ticket, BoundChange<?> change) throws GivenUp, InterruptedException {
        place.begun(ticket);
        attempts.handled(calls.handle(change));
        place.handled(change);
    }

    @Override
    void passOver(Ticket ticket, BoundChange<?> change) {
        place.begun(ticket);
    }

    @Override
    void commit(Ticket ticket) {
        place.begun(ticket);
        place.finished(ticket);
    }

    @Override
    void replay(BoundChange<?> change) throws Exception {
        calls.replay(change);
    }
}
