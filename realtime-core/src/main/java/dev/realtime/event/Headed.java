package dev.realtime.event;

import dev.realtime.wal.EventPosition;
import org.jspecify.annotations.Nullable;

/** What the events share: their header. Immutable. */
abstract sealed class Headed<T> permits Insert, Update, Delete, Read, Truncate {

    private final EventHeader<T> header;

    Headed(EventHeader<T> header) {
        this.header = header;
    }

    /** {@return what happened} */
    public abstract Action action();

    /** {@return the JPA id; null where there is none} */
    public abstract @Nullable Object id();

    /** {@return the class of the entity, as far as the change shows it} */
    public Class<? extends T> entityType() {
        return header.entityType();
    }

    /** {@return the entity's name in JPA} */
    public String model() {
        return header.model();
    }

    /** {@return where the change stands in the order of all changes of its server} */
    public EventPosition position() {
        return header.position();
    }

    /** {@return the transaction that made the change} */
    public TransactionInfo transaction() {
        return header.transaction();
    }

    /** {@return the name of the change for ever, {@code <system identifier>:<commit LSN>:<ordinal>}} */
    public String eventId() {
        return header.systemIdentifier() + ":" + header.position();
    }

    /** {@return whether the handler may have seen this change before} */
    public boolean possibleRedelivery() {
        return header.possibleRedelivery();
    }

    /** Which change it is; no value but the event's id, for an entity's id can be a secret too. */
    @Override
    public String toString() {
        return action() + " " + header.model() + " " + eventId();
    }
}
