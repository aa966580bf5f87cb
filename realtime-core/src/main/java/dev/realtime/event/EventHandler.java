package dev.realtime.event;

/**
 * The application's code for one kind of event. It is called on its subscription's own thread, one event at a time, in
 * commit order; never on the thread that reads the stream. The change counts as handled when it returns normally.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface EventHandler<E extends RealtimeEvent<?>> {

    /**
     * Handles one event.
     *
     * @param event the event; it and its entities may be kept and handed on
     * @throws Exception where it could not: the event is offered again after a pause
     */
    void handle(E event) throws Exception;
}
