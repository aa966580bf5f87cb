package dev.realtime.event;

/**
 * The application's code for events that it finishes later, on whatever thread. It is called on its subscription's own
 * thread, in commit order, with further events while earlier ones are in flight. An event counts as handled when it was
 * acknowledged, not when the call returns. One that was not is offered again, after later ones where those are in flight:
 * {@code inFlight(1)} keeps the order strictly.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface AcknowledgingHandler<E extends RealtimeEvent<?>> {

    /**
     * Takes one event.
     *
     * @param event the event; it and its entities may be kept and handed on
     * @param acknowledgement to be told once the event is handled, or could not be
     * @throws Exception where it could not take it: as if {@link Acknowledgement#nack(Throwable)} had been told, unless
     *     something was told before
     */
    void handle(E event, Acknowledgement acknowledgement) throws Exception;
}
