package dev.realtime.event;

/**
 * The application's code for whole transactions. It is called on its subscription's own thread, one chunk at a time, in
 * commit order. Where it throws, the chunk is offered again; the chunks before it are not.
 *
 * <p>The last chunk of a large transaction may never come: where the connection broke in the middle of it, and another
 * instance handled it whole meanwhile, or the rest is lost. A {@link Started} or a {@link Gap} tells of that, and the next
 * chunk is the {@linkplain TransactionChunk#first first} of another transaction: whoever gathers chunks until the {@linkplain
 * TransactionChunk#last last} one lets go of them there. A chunk that says it is the last always is.
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
