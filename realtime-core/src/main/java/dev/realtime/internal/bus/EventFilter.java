package dev.realtime.internal.bus;

import dev.realtime.event.Action;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.internal.binding.BoundChange;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which changes a subscription wants. What the raw row can tell is decided by the reader, before anything is decoded or
 * queued; the predicate on the subscription's own thread. Immutable.
 *
 * @param actions the kinds of change
 * @param attributes of updates only those that change one of these; empty for all
 * @param predicate asked last, of the event; null for all
 */
public record EventFilter(
        Set<Action> actions,
        Set<String> attributes,
        @Nullable Predicate<? super RealtimeEvent<?>> predicate) {

    /** Everything. */
    public static final EventFilter ALL = new EventFilter(Set.of(Action.values()), Set.of(), null);

    /** Which changes a subscription wants. */
    public EventFilter {
        actions = Set.copyOf(actions);
        attributes = Set.copyOf(attributes);
    }

    boolean wants(BoundChange<?> change) {
        Action action = change.action();
        return actions.contains(action)
                && (action != Action.UPDATE || attributes.isEmpty() || change.changesAny(attributes));
    }

    boolean wants(RealtimeEvent<?> event) {
        return predicate == null || predicate.test(event);
    }
}
