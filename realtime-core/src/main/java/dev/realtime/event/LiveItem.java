package dev.realtime.event;

import dev.realtime.wal.EventPosition;

/**
 * What a live subscriber gets: a change ({@link LiveEvent}), a change that could not be decoded ({@link Undecodable}), or
 * word of changes that it missed ({@link Lagged}). The numbers add up: what was published up to an item is the changes
 * delivered, those they were {@linkplain LiveEvent#coalesced coalesced} with, and those that it lagged behind.
 *
 * @param <T> the entity
 */
public sealed interface LiveItem<T> permits LiveEvent, Undecodable, Lagged {

    /**
     * A change.
     *
     * @param event what happened
     * @param coalesced how many changes were left out before it because a newer state of their entity comes
     * @param <T> the entity
     * @return the item
     */
    static <T> LiveEvent<T> of(RealtimeEvent<T> event, long coalesced) {
        return new LiveEvent<>(event, coalesced);
    }

    /**
     * Changes were missed.
     *
     * @param count how many, at least 1
     * @param <T> the entity
     * @return the item
     */
    static <T> Lagged<T> lagged(long count) {
        return new Lagged<>(count);
    }

    /**
     * A change that could not become an event.
     *
     * @param model the entity's name in JPA
     * @param action what happened
     * @param position where it stands
     * @param error why
     * @param coalesced how many changes were left out before it because a newer state of their entity comes
     * @param <T> the entity
     * @return the item
     */
    static <T> Undecodable<T> undecodable(
            String model, Action action, EventPosition position, Exception error, long coalesced) {
        return new Undecodable<>(model, action, position, error, coalesced);
    }
}
