package dev.realtime.internal.binding;

import dev.realtime.event.Action;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.internal.transaction.RowChange;
import java.util.Set;

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
        return binding.event(change, again);
    }

    /**
     * What happened.
     *
     * @return the kind of change
     */
    public Action action() {
        return EntityBinding.action(change);
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
     * Names the change in logs.
     *
     * @return the entity's name and the change's place: no value
     */
    public String describe() {
        return binding.describe(change);
    }
}
