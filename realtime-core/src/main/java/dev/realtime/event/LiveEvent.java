package dev.realtime.event;

import java.util.Objects;

/**
 * A change, as a live subscriber gets it. As immutable as the event, which is the subscriber's own.
 *
 * @param <T> the entity
 */
public final class LiveEvent<T> implements LiveItem<T> {

    private final RealtimeEvent<T> event;
    private final long coalesced;

    LiveEvent(RealtimeEvent<T> event, long coalesced) {
        this.event = Objects.requireNonNull(event, "event");
        this.coalesced = coalesced;
    }

    /**
     * What happened.
     *
     * @return the event
     */
    public RealtimeEvent<T> event() {
        return event;
    }

    /**
     * How many changes were left out between the item before and this one, because this one or one that comes later has a
     * newer state of their entity: see {@link Overflow#coalesceById}.
     *
     * @return 0 with every other policy
     */
    public long coalesced() {
        return coalesced;
    }

    /** Which change it is; no value. */
    @Override
    public String toString() {
        return coalesced == 0 ? event.toString() : event + " and " + coalesced + " coalesced";
    }
}
