package dev.realtime.event;

import org.jspecify.annotations.Nullable;

/**
 * All rows of the entity's table went at once (manual, TRUNCATE). It has no id.
 *
 * @param <T> the entity
 */
public final class Truncate<T> extends Headed<T> implements RealtimeEvent<T> {

    private final boolean cascade;
    private final boolean restartIdentity;

    Truncate(EventHeader<T> header, boolean cascade, boolean restartIdentity) {
        super(header);
        this.cascade = cascade;
        this.restartIdentity = restartIdentity;
    }

    @Override
    public Action action() {
        return Action.TRUNCATE;
    }

    /** Null: no row of its own stands behind it. */
    @Override
    public @Nullable Object id() {
        return null;
    }

    /**
     * Whether {@code CASCADE} was given.
     *
     * @return true where the tables that refer to this one were emptied too
     */
    public boolean cascade() {
        return cascade;
    }

    /**
     * Whether {@code RESTART IDENTITY} was given.
     *
     * @return true where the table's sequences start over
     */
    public boolean restartIdentity() {
        return restartIdentity;
    }
}
