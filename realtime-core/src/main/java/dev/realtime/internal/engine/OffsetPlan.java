package dev.realtime.internal.engine;

import dev.realtime.internal.store.SlotOffsets;
import java.util.List;
import java.util.Set;

/**
 * Which subscriptions have a stored position. Immutable.
 *
 * @param offsets the stored positions
 * @param names the subscriptions
 * @param storing those of them that store their position by themselves, in the application's transactions
 */
public record OffsetPlan(SlotOffsets offsets, List<String> names, Set<String> storing) {

    /** Which subscriptions have a stored position. */
    public OffsetPlan {
        names = List.copyOf(names);
        storing = Set.copyOf(storing);
    }
}
