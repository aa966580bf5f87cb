package dev.realtime.event;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row changed. How much of its state before is known depends on the table's REPLICA IDENTITY (manual, ALTER TABLE).
 *
 * @param <T> the entity
 */
public final class Update<T> extends Headed<T> implements RowEvent<T> {

    private final Object id;
    private final @Nullable Object oldId;
    private final Image<T> after;
    private final @Nullable Image<T> before;
    private final Changes changes;

    Update(
            EventHeader<T> header,
            Object id,
            @Nullable Object oldId,
            Image<T> after,
            @Nullable Image<T> before,
            Changes changes) {
        super(header);
        this.id = id;
        this.oldId = oldId;
        this.after = after;
        this.before = before;
        this.changes = changes;
    }

    @Override
    public Action action() {
        return Action.UPDATE;
    }

    @Override
    public Object id() {
        return id;
    }

    /**
     * The id that the entity had before.
     *
     * @return the old id where the update changed it; empty where it did not
     */
    public Optional<Object> oldId() {
        return Optional.ofNullable(oldId);
    }

    /**
     * The entity as it is now, detached. The attributes that {@link #unavailable()} names are as its constructor left
     * them: do not merge such an instance.
     *
     * @return the same instance at each call; it belongs to the handler
     */
    public T after() {
        return after.entity();
    }

    /**
     * The entity as it was before.
     *
     * @return the whole entity under REPLICA IDENTITY FULL; empty under every other
     */
    public Optional<T> before() {
        return before == null ? Optional.empty() : Optional.of(before.entity());
    }

    /**
     * Which attributes changed.
     *
     * @return each changed attribute under REPLICA IDENTITY FULL; {@linkplain Changes#isKnown() unknown} under every other
     */
    public Changes changes() {
        return changes;
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
