package dev.realtime.event;

import dev.realtime.wal.EventPosition;
import java.util.Objects;

/**
 * A change that could not become an event: a value that cannot be decoded, a table that does not fit its entity any more.
 * The stream goes on behind it. No values. Immutable.
 *
 * @param <T> the entity
 */
public final class Undecodable<T> implements LiveItem<T> {

    private final String model;
    private final Action action;
    private final EventPosition position;
    private final Exception error;
    private final long coalesced;

    Undecodable(String model, Action action, EventPosition position, Exception error, long coalesced) {
        this.model = Objects.requireNonNull(model, "model");
        this.action = Objects.requireNonNull(action, "action");
        this.position = Objects.requireNonNull(position, "position");
        this.error = Objects.requireNonNull(error, "error");
        this.coalesced = coalesced;
    }

    /**
     * The entity's name in JPA.
     *
     * @return such as {@code User}
     */
    public String model() {
        return model;
    }

    /**
     * What happened.
     *
     * @return the kind of change
     */
    public Action action() {
        return action;
    }

    /**
     * Where the change stands in the order of all changes of its server.
     *
     * @return its position
     */
    public EventPosition position() {
        return position;
    }

    /**
     * Why it could not become an event.
     *
     * @return what was thrown
     */
    public Exception error() {
        return error;
    }

    /**
     * As {@link LiveEvent#coalesced}.
     *
     * @return 0 with every policy but {@link Overflow.Policy#COALESCE_BY_ID}
     */
    public long coalesced() {
        return coalesced;
    }

    /** Which change it is; no value. */
    @Override
    public String toString() {
        return action + " " + model + " " + position + " could not be decoded";
    }
}
