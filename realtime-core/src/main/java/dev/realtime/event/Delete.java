package dev.realtime.event;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row went, or was marked as deleted. More than its id is known only under REPLICA IDENTITY FULL (manual, ALTER TABLE).
 *
 * @param <T> the entity
 */
public final class Delete<T> extends Headed<T> implements RowEvent<T> {

    private final Object id;
    private final Image<T> last;
    private final boolean whole;
    private final boolean soft;

    Delete(EventHeader<T> header, Object id, Image<T> last, boolean whole, boolean soft) {
        super(header);
        this.id = id;
        this.last = last;
        this.whole = whole;
        this.soft = soft;
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

    /**
     * Whether the row is still there, marked as deleted ({@code @SoftDelete}, or an attribute that was named as the mark).
     * Where the old row did not come whole, each further update of such a row is a delete again: what it was before is not
     * known.
     *
     * @return false where the row is gone
     */
    public boolean soft() {
        return soft;
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
