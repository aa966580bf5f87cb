package dev.realtime.event;

import org.jspecify.annotations.Nullable;

/** The one place where events are made: for the library itself, and for tests of handlers. Thread-safe. */
public final class Events {

    private Events() {}

    /**
     * A row came to be.
     *
     * @param header what every event has
     * @param id the JPA id
     * @param after the new state
     * @param <T> the entity
     * @return the event
     */
    public static <T> Insert<T> insert(EventHeader<T> header, Object id, Image<T> after) {
        return new Insert<>(header, id, after);
    }

    /**
     * A row was there already.
     *
     * @param header what every event has
     * @param id the JPA id
     * @param after the state found
     * @param <T> the entity
     * @return the event
     */
    public static <T> Read<T> read(EventHeader<T> header, Object id, Image<T> after) {
        return new Read<>(header, id, after);
    }

    /**
     * A row changed.
     *
     * @param header what every event has
     * @param id the JPA id after the update
     * @param oldId the id before it, where it changed
     * @param after the state after it
     * @param before the whole state before it, where it is known
     * @param changes which attributes changed, where it is known
     * @param <T> the entity
     * @return the event
     */
    public static <T> Update<T> update(
            EventHeader<T> header,
            Object id,
            @Nullable Object oldId,
            Image<T> after,
            @Nullable Image<T> before,
            Changes changes) {
        return new Update<>(header, id, oldId, after, before, changes);
    }

    /**
     * A row went.
     *
     * @param header what every event has
     * @param id the JPA id
     * @param last the last state: all of it, or the key alone
     * @param whole whether {@code last} is the whole state
     * @param <T> the entity
     * @return the event
     */
    public static <T> Delete<T> delete(EventHeader<T> header, Object id, Image<T> last, boolean whole) {
        return new Delete<>(header, id, last, whole, false);
    }

    /**
     * A row was marked as deleted.
     *
     * @param header what every event has
     * @param id the JPA id
     * @param last the last state
     * @param whole whether {@code last} is the whole state before
     * @param <T> the entity
     * @return the event
     */
    public static <T> Delete<T> softDelete(EventHeader<T> header, Object id, Image<T> last, boolean whole) {
        return new Delete<>(header, id, last, whole, true);
    }

    /**
     * All rows of a table went.
     *
     * @param header what every event has
     * @param cascade whether {@code CASCADE} was given
     * @param restartIdentity whether {@code RESTART IDENTITY} was given
     * @param <T> the entity
     * @return the event
     */
    public static <T> Truncate<T> truncate(EventHeader<T> header, boolean cascade, boolean restartIdentity) {
        return new Truncate<>(header, cascade, restartIdentity);
    }
}
