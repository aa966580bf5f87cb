package dev.realtime.internal.bus;

import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;

/**
 * What the application subscribed to. Immutable.
 *
 * @param name names it in threads, logs and status
 * @param entityIndex which registered entity it is for
 * @param filter which of its changes
 * @param retry what becomes of an event whose handler failed
 * @param handler the application's code
 */
public record SubscriptionSpec(
        String name, int entityIndex, EventFilter filter, Retry retry, EventHandler<RealtimeEvent<?>> handler) {}
