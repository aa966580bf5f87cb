package dev.realtime.store;

import java.util.List;

/**
 * The events of a stream that its subscriptions have put aside, in a table of the application's own database. Each call
 * opens one short-lived connection of its own, never one of the application's pool, and throws a {@code
 * dev.realtime.error.ConnectException} where the database does not answer as it should. Thread-safe.
 */
public interface DeadLetters {

    /**
     * The events that lie aside, in the order in which they were committed.
     *
     * @param atMost how many, at least 1
     * @return the first of them
     */
    List<DeadLetter> list(int atMost);

    /**
     * The events that one subscription has put aside, in the order in which they were committed.
     *
     * @param subscription its name
     * @param atMost how many, at least 1
     * @return the first of them
     */
    List<DeadLetter> list(String subscription, int atMost);

    /**
     * How many events lie aside.
     *
     * @return the number now
     */
    long count();

    /**
     * Offers an event once more to the handler of the subscription that put it aside, and forgets it when the handler
     * returns. It is called on the calling thread, while the subscription's own thread calls it with nothing else. The
     * event is made anew of the row as PostgreSQL sent it: it has the same id, and {@code possibleRedelivery()} is true.
     * What happened to the same entity since is not undone by it: the handler sees an old state after a newer one.
     *
     * @param letter the event
     * @return false where it does not lie aside any more
     * @throws Exception what the handler throws: the event still lies aside. Where the application ends behind the handler
     *     and before the event was forgotten, it also does
     */
    boolean replay(DeadLetter letter) throws Exception;

    /**
     * Forgets an event for good.
     *
     * @param letter the event
     * @return false where it does not lie aside any more
     */
    boolean discard(DeadLetter letter);
}
