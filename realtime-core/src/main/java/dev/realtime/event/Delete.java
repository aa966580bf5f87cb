package dev.realtime.event;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row went. More than its id is known only under REPLICA IDENTITY FULL (manual, ALTER TABLE).
 *
 * @param <T> the entity
 */
public final class Delete<T> extends Headed<T> implements RowEvent<T> {

    private final Object id;
    private final Image<T> last;
    private final boolean whole;

    Delete(EventHeader<T> header, Object id, Image<T> last, boolean whole) {
        super(header);
        this.id = id;
        this.last = last;
        this.whole = whole;
    }

    @Override
    public Action action() {
        return Action.DELETE;
    }

    @Override
    public Object id() {
        return id;
    }

    /**
     * The entity as it was.
     *
     * @return the whole entity under REPLICA IDENTITY FULL; empty under every other
     */
    public Optional<T> before() {
        return whole ? Optional.of(last.entity()) : Optional.empty();
    }

    @Override
    public Set<String> unavailable() {
        return last.unavailable();
    }

    @Override
    public @Nullable Object referenceId(String attribute) {
        return last.referenceId(attribute);
    }
}
