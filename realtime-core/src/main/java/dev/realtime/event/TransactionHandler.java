package dev.realtime.event;

/**
 * The application's code for whole transactions. It is called on its subscription's own thread, one chunk at a time, in
 * commit order. Where it throws, the chunk is offered again; the chunks before it are not.
 */
@FunctionalInterface
public interface TransactionHandler {

    /**
     * Handles a transaction, or the next chunk of a large one.
     *
     * @param chunk its events
     * @throws Exception where it could not: the chunk is offered again after a pause
     */
    void handle(TransactionChunk chunk) throws Exception;
}
