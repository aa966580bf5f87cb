package dev.realtime.store;

/**
 * Code that runs its own transaction and stores the event's place in it.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface StoringHandler<E> {

    /**
     * Handles one event.
     *
     * @param event the event
     * @param offset to be stored in the transaction of its effects
     * @throws Exception where it could not: the event is offered again after a pause
     */
    void handle(E event, EventOffset offset) throws Exception;
}
