package dev.realtime.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of one row.
 *
 * @param <T> the entity
 */
public sealed interface RowEvent<T> extends RealtimeEvent<T> permits Insert, Update, Delete, Read {

    /**
     * The JPA id of the entity; for an update that changed it, the new one.
     *
     * @return an instance of the id's class, of the {@code @IdClass} or of the {@code @EmbeddedId}
     */
    @Override
    Object id();

    /**
     * The JPA id of the entity, typed.
     *
     * @param idType the id's class
     * @param <I> the id
     * @return the id
     * @throws ClassCastException where the id is of another class
     */
    default <I> I id(Class<I> idType) {
        return idType.cast(id());
    }

    /**
     * The attributes whose value PostgreSQL did not send, so that it is not known: of the state after an insert or update,
     * of the state before a delete. Unchanged large values (TOAST) outside REPLICA IDENTITY FULL, everything but the key of
     * a delete outside FULL, and columns that are not published are such; and where an entity is spread over several tables,
     * the columns of those that the transaction did not change.
     *
     * @return names of attributes; empty where everything is known
     */
    Set<String> unavailable();

    /**
     * The id of the entity that a to-one attribute refers to, without touching a proxy: of the state after an insert or
     * update, of the state before a delete.
     *
     * @param attribute the attribute's name
     * @return the id, or null where the reference is null
     * @throws IllegalArgumentException where the entity has no such attribute, or it is no reference
     * @throws IllegalStateException where it is {@linkplain #unavailable() unavailable}
     */
    @Nullable
    Object referenceId(String attribute);
}
