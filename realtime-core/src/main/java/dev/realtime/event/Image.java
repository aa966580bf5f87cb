package dev.realtime.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One state of an entity, as a row of the stream shows it. Implementations are thread-safe.
 *
 * @param <T> the entity
 */
public interface Image<T> {

    /**
     * The entity, detached.
     *
     * @return the same instance at each call; the attributes of {@link #unavailable()} are as the constructor left them
     * @throws dev.realtime.error.RealtimeException where the row cannot become the entity
     */
    T entity();

    /**
     * The attributes that PostgreSQL did not send.
     *
     * @return names of attributes; empty where the entity is whole
     */
    Set<String> unavailable();

    /**
     * The id of the entity that a to-one attribute refers to.
     *
     * @param attribute the attribute's name
     * @return the id, or null where the reference is null
     * @throws IllegalArgumentException where the entity has no such attribute, or it is no reference
     * @throws IllegalStateException where PostgreSQL did not send it
     */
    @Nullable
    Object referenceId(String attribute);
}
