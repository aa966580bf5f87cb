package dev.realtime.store;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The place of one event in its subscription, to be stored in the database transaction in which the event's effects are
 * written: both are committed or neither is, and so each effect happens once, however often the event comes. Used on the
 * handler's thread, within its call.
 */
public interface EventOffset {

    /**
     * Stores the place in the connection's open transaction. Commit it afterwards, or roll it back where this returns
     * false.
     *
     * @param connection in a transaction on the database that holds the table {@code realtime_offset}
     * @return false where the effects of this event are in the database already: roll back, and return normally
     * @throws dev.realtime.error.FencedException where another instance has taken over: roll back. Thrown on by the handler
     *     it stops the subscription, and so do the others
     * @throws dev.realtime.error.GapException where the stored place is gone: roll back
     * @throws SQLException where the database refuses: roll back
     */
    boolean store(Connection connection) throws SQLException;

    /**
     * Stores the place in the entity manager's open transaction. Commit it afterwards, or roll it back where this returns
     * false.
     *
     * @param entityManager in a transaction, joined to it
     * @return false where the effects of this event are in the database already: roll back, and return normally
     * @throws dev.realtime.error.FencedException where another instance has taken over: roll back
     * @throws dev.realtime.error.GapException where the stored place is gone: roll back
     */
    boolean store(EntityManager entityManager);
}
