package dev.realtime.event;

import dev.realtime.wal.EventPosition;
import java.util.Objects;

/**
 * What every event has, whatever happened. Immutable.
 *
 * @param entityType the class of the entity, as far as the change shows it
 * @param model the entity's name in JPA
 * @param systemIdentifier the server's, as {@code IDENTIFY_SYSTEM} gives it
 * @param position where the change stands in the order of all changes
 * @param transaction the transaction that made it
 * @param possibleRedelivery false only where this is certainly the first delivery
 * @param <T> the entity
 */
public record EventHeader<T>(
        Class<? extends T> entityType,
        String model,
        String systemIdentifier,
        EventPosition position,
        TransactionInfo transaction,
        boolean possibleRedelivery) {

    /** What every event has. */
    public EventHeader {
        Objects.requireNonNull(entityType, "entityType");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(systemIdentifier, "systemIdentifier");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(transaction, "transaction");
    }
}
