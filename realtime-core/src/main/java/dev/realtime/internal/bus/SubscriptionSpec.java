package dev.realtime.internal.bus;

import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import org.jspecify.annotations.Nullable;

/**
 * What the application subscribed to. Immutable.
 *
 * @param name names it in threads, logs and status
 * @param entityIndex which registered entity it is for
 * @param filter which of its changes
 * @param retry what becomes of an event whose handler failed
 * @param handler the application's code
 * @param timeout how long one call of that code should take at most; null where nobody minds
 */
public record SubscriptionSpec(
        String name,
        int entityIndex,
        EventFilter filter,
        Retry retry,
        EventHandler<RealtimeEvent<?>> handler,
        @Nullable HandlerTimeout timeout) {

    /**
     * Nobody minds how long its handler takes.
     *
     * @param name names it in threads, logs and status
     * @param entityIndex which registered entity it is for
     * @param filter which of its changes
     * @param retry what becomes of an event whose handler failed
     * @param handler the application's code
     */
    public SubscriptionSpec(
            String name, int entityIndex, EventFilter filter, Retry retry, EventHandler<RealtimeEvent<?>> handler) {
        this(name, entityIndex, filter, retry, handler, null);
    }

    /**
     * The same, with a limit for its handler.
     *
     * @param limit how long one call should take at most
     * @return another one
     */
    public SubscriptionSpec within(@Nullable HandlerTimeout limit) {
        return new SubscriptionSpec(name, entityIndex, filter, retry, handler, limit);
    }
}
