package dev.realtime.internal.binding;

import dev.realtime.event.Action;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.wal.EventPosition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row change and the entity it changes: all that a subscription needs to make its own event of it. Immutable.
 *
 * @param binding the entity in this version of the table
 * @param change the row change
 * @param <T> the entity
 */
public record BoundChange<T>(EntityBinding<T> binding, RowChange change) {

    /**
     * Decodes the row and builds the entity.
     *
     * @param again whether this process has offered the change before
     * @return a new event with entities of its own
     * @throws dev.realtime.error.RealtimeException where the row cannot become the entity
     */
    public RealtimeEvent<T> event(boolean again) {
        return binding.event(change, again, true);
    }

    /**
     * As {@link #event}, for who has not seen the change before this one: without what it says of the time before, but for
     * an id that changed.
     *
     * @return a new event with entities of its own
     * @throws dev.realtime.error.RealtimeException where the row cannot become the entity
     */
    public RealtimeEvent<T> eventWithoutPast() {
        return binding.event(change, false, false);
    }

    /**
     * The entity's id, undecoded; after an update that changed it, the new one.
     *
     * @return null for a truncate, and where the row does not tell it
     */
    public @Nullable RowKey key() {
        return binding.key(change);
    }

    /**
     * The id before an update that changed it, undecoded.
     *
     * @return null for every other change
     */
    public @Nullable RowKey oldKey() {
        return binding.oldKey(change);
    }

    /**
     * Whether the raw rows tell which rows the change concerns.
     *
     * @return true where they are those of {@link #key} and {@link #oldKey} alone, as far as those are known; false for an
     *     update that may have changed the id without telling it
     */
    public boolean tellsItsRows() {
        return binding.tellsItsRows(change);
    }

    /**
     * Whether who knows the state after this change needs none of an earlier change of the same entity.
     *
     * @param earlier the earlier change
     * @return false where it brought a value that this one does not know (an unchanged large value that was not sent)
     */
    public boolean covers(BoundChange<?> earlier) {
        return Coverage.covers(change, earlier.change, binding.isSpread());
    }

    /**
     * What happened.
     *
     * @return the kind of change
     */
    public Action action() {
        return binding.action(change);
    }

    /**
     * Whether an update changes one of some attributes, as the raw rows tell it.
     *
     * @param attributes names of attributes
     * @return true also where the old row did not come whole, so that it cannot be known
     */
    public boolean changesAny(Set<String> attributes) {
        return binding.changesAny(change, attributes);
    }

    /**
     * How much it takes in memory.
     *
     * @return the bytes of its tuples
     */
    public int size() {
        return change.size();
    }

    /**
     * The entity it changes.
     *
     * @return its name in JPA
     */
    public String entityName() {
        return binding.entityName();
    }

    /**
     * The id of the event it becomes.
     *
     * @return the same at every delivery
     */
    public String eventId() {
        return binding.eventId(change);
    }

    /**
     * Where the change stands in the order of all changes.
     *
     * @return the position of its event
     */
    public EventPosition position() {
        return EntityBinding.position(change);
    }

    /**
     * Names the change in logs.
     *
     * @return the entity's name and the change's place: no value
     */
    public String describe() {
        return binding.describe(change);
    }
}
