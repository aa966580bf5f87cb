package dev.realtime.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row came to be.
 *
 * @param <T> the entity
 */
public final class Insert<T> extends Headed<T> implements RowEvent<T> {

    private final Object id;
    private final Image<T> after;

    Insert(EventHeader<T> header, Object id, Image<T> after) {
        super(header);
        this.id = id;
        this.after = after;
    }

    @Override
    public Action action() {
        return Action.INSERT;
    }

    @Override
    public Object id() {
        return id;
    }

    /**
     * The new entity, detached, as Hibernate would have left it.
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
