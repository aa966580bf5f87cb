package dev.realtime.event;

import java.util.concurrent.Flow;

/**
 * One live subscription: the {@link Flow.Subscription} that a subscriber is given, and what the form with a handler
 * returns. Implementations are thread-safe.
 */
public interface LiveSubscription extends Flow.Subscription, AutoCloseable {

    /**
     * How the subscription is doing.
     *
     * @return the counts at this moment; they stay where it has ended
     */
    LiveCounts counts();

    /** Ends the subscription, as {@link #cancel} does: an item that is being handled is the last. May be called again. */
    @Override
    default void close() {
        cancel();
    }
}
