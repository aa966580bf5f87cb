package dev.realtime.event;

import java.util.List;

/**
 * The application's code for several events at once. It is called on its subscription's own thread, one batch at a time, in
 * commit order. A batch is handled whole: where the handler throws, all of it is offered again. A batch may hold several
 * transactions, and a large transaction may take several batches.
 *
 * @param <T> the entity
 */
@FunctionalInterface
public interface BatchHandler<T> {

    /**
     * Handles one batch.
     *
     * @param events at least one, in order; an unmodifiable list
     * @throws Exception where it could not: the batch is offered again after a pause
     */
    void handle(List<RealtimeEvent<T>> events) throws Exception;
}
