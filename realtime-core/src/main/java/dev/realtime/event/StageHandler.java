package dev.realtime.event;

import java.util.concurrent.CompletionStage;

/**
 * The application's code for events that it finishes later, on whatever thread. It is called on its subscription's own
 * thread, in commit order, with further events while earlier ones are in flight. An event counts as handled when its stage
 * has completed normally. One whose stage failed or was cancelled is offered again, after later ones where those are in
 * flight: {@code inFlight(1)} keeps the order strictly.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface StageHandler<E extends RealtimeEvent<?>> {

    /**
     * Begins to handle one event.
     *
     * @param event the event; it and its entities may be kept and handed on
     * @return completes when the event is handled, with any value; never null. An {@link Error} in it stops the stream
     * @throws Exception where it could not begin: as if the stage had failed with it
     */
    CompletionStage<?> handle(E event) throws Exception;
}
