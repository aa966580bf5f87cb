package dev.realtime.store;

import jakarta.persistence.EntityManager;

/**
 * Code whose effects are written through an entity manager, in a transaction that the library begins and commits.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface EntityManagerHandler<E> {

    /**
     * Handles one event.
     *
     * @param event the event
     * @param entityManager in a transaction; not to be committed, rolled back or closed here
     * @throws Exception where it could not: the transaction is rolled back, and the event offered again after a pause
     */
    void handle(E event, EntityManager entityManager) throws Exception;
}
