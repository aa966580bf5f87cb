package dev.realtime.store;

import java.sql.Connection;

/**
 * Code whose effects are written on a connection, in a transaction that the library begins and commits.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface ConnectionHandler<E> {

    /**
     * Handles one event.
     *
     * @param event the event
     * @param connection in a transaction; not to be committed, rolled back or closed here
     * @throws Exception where it could not: the transaction is rolled back, and the event offered again after a pause
     */
    void handle(E event, Connection connection) throws Exception;
}
