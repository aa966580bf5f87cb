package dev.realtime.event;

import org.jspecify.annotations.Nullable;

/**
 * The application's code for a live subscription. It is called with one item at a time, on one of a few threads that all
 * live subscriptions of a stream share: it must not wait for anything. Who has to wait hands the item over to a thread of
 * its own.
 *
 * @param <T> the entity
 */
@FunctionalInterface
public interface LiveHandler<T> {

    /**
     * Takes one item.
     *
     * @param item a change, or word of changes that were missed
     * @throws Exception where it could not: that is logged and counted, and the next item comes
     */
    void handle(LiveItem<T> item) throws Exception;

    /**
     * Nothing more will come, though the subscription was not closed.
     *
     * @param error why: the stream failed, or {@link Overflow.Policy#DISCONNECT}; null where the stream was stopped
     */
    default void ended(@Nullable Throwable error) {}
}
