package dev.realtime.internal.bus;

import dev.realtime.event.Retry;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the application subscribed to. Immutable.
 *
 * @param name names it in threads, logs and status
 * @param entities which registered entities it is for
 * @param filter which of their changes
 * @param retry what becomes of an event whose handler failed
 * @param manner how they are handled, and by what code
 * @param timeout how long one call of that code should take at most; null where nobody minds
 */
public record SubscriptionSpec(
        String name,
        Set<Integer> entities,
        EventFilter filter,
        Retry retry,
        Manner manner,
        @Nullable HandlerTimeout timeout) {

    /** What the application subscribed to. */
    public SubscriptionSpec {
        entities = Set.copyOf(entities);
    }

    /**
     * Nobody minds how long its handler takes.
     *
     * @param name names it in threads, logs and status
     * @param entities which registered entities it is for
     * @param filter which of their changes
     * @param retry what becomes of an event whose handler failed
     * @param manner how they are handled, and by what code
     */
    public SubscriptionSpec(String name, Set<Integer> entities, EventFilter filter, Retry retry, Manner manner) {
        this(name, entities, filter, retry, manner, null);
    }

    /**
     * The same, with a limit for its handler where it has none.
     *
     * @param limit how long one call should take at most
     * @return another one, or this
     */
    public SubscriptionSpec orWithin(@Nullable HandlerTimeout limit) {
        return timeout == null ? new SubscriptionSpec(name, entities, filter, retry, manner, limit) : this;
    }
}
