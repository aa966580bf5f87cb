package dev.realtime.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row that was there already when the subscription began. Not delivered by this version: declared, so that an exhaustive switch over the events stays one.
 *
 * @param <T> the entity
 */
public final class Read<T> extends Headed<T> implements RowEvent<T> {

    private final Object id;
    private final Image<T> after;

    Read(EventHeader<T> header, Object id, Image<T> after) {
        super(header);
        this.id = id;
        this.after = after;
    }

    @Override
    public Action action() {
        return Action.READ;
    }

    @Override
    public Object id() {
        return id;
    }

    /**
     * The entity, detached, as it was found.
     *
     * @return the same instance at each call; it belongs to the handler
     */
    public T after() {
        return after.entity();
    }

    @Override
    public Set<String> unavailable() {
        return after.unavailable();
    }

    @Override
    public @Nullable Object referenceId(String attribute) {
        return after.referenceId(attribute);
    }
}
