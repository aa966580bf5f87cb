package dev.realtime.event;

import dev.realtime.wal.EventPosition;
import org.jspecify.annotations.Nullable;

/**
 * One committed change of one entity, whoever made it. Immutable but for the entities it hands out, which belong to the
 * handler: each subscription gets instances of its own.
 *
 * @param <T> the entity
 */
public sealed interface RealtimeEvent<T> permits RowEvent, Truncate {

    /**
     * What happened.
     *
     * @return the kind of change
     */
    Action action();

    /**
     * The class of the entity, as far as the change shows it.
     *
     * @return the registered class, or a subclass of it
     */
    Class<? extends T> entityType();

    /**
     * The entity's name in JPA.
     *
     * @return such as {@code User}
     */
    String model();

    /**
     * The JPA id of the entity.
     *
     * @return an instance of the id's class, of the {@code @IdClass} or of the {@code @EmbeddedId}; null for a {@link
     *     Truncate} alone, which has none
     */
    @Nullable
    Object id();

    /**
     * Where the change stands in the order of all changes of its server.
     *
     * @return the position, the same at each delivery
     */
    EventPosition position();

    /**
     * The transaction that made the change.
     *
     * @return never null
     */
    TransactionInfo transaction();

    /**
     * Names the change for ever, however often it is delivered: the key for idempotency.
     *
     * @return {@code <system identifier>:<commit LSN>:<ordinal>}; the first has {@code .<number>} behind it where a server
     *     that went back in time was accepted so often: see {@link GapPolicy#ACCEPT_REWIND}
     */
    String eventId();

    /**
     * Whether the handler may have seen this change before.
     *
     * @return false only where this is certainly its first delivery
     */
    boolean possibleRedelivery();
}
