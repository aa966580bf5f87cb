package dev.realtime.event;

import java.util.List;
import java.util.Objects;

/**
 * The events of one transaction in the order in which the changes were made, whatever their entities; of a large
 * transaction a part of them. Where the chunks of a transaction end follows from the transaction and the subscription's
 * bounds alone, so they are the same at every delivery. Immutable but for the entities.
 */
public final class TransactionChunk {

    private final List<RealtimeEvent<?>> events;
    private final boolean first;
    private final boolean last;

    private TransactionChunk(List<RealtimeEvent<?>> events, boolean first, boolean last) {
        this.events = List.copyOf(events);
        this.first = first;
        this.last = last;
        if (events.isEmpty()) {
            throw new IllegalArgumentException("A transaction without events is not told");
        }
    }

    /**
     * A chunk, for tests too.
     *
     * @param events at least one, all of one transaction, in order
     * @param first whether the transaction begins with it
     * @param last whether the transaction ends with it
     * @return the chunk
     */
    public static TransactionChunk of(List<RealtimeEvent<?>> events, boolean first, boolean last) {
        return new TransactionChunk(events, first, last);
    }

    /**
     * The transaction.
     *
     * @return the same for every event of the chunk
     */
    public TransactionInfo transaction() {
        return events.get(0).transaction();
    }

    /**
     * Its events.
     *
     * @return at least one, in order; an unmodifiable list
     */
    public List<RealtimeEvent<?>> events() {
        return events;
    }

    /**
     * Its events of one entity.
     *
     * @param entity a registered entity, or a superclass of some
     * @param <T> the entity
     * @return those whose {@link RealtimeEvent#entityType()} is the class or a subclass, in order; may be empty
     */
    @SuppressWarnings("unchecked") // its type was looked at
    public <T> List<RealtimeEvent<T>> events(Class<T> entity) {
        Objects.requireNonNull(entity, "entity");
        return events.stream()
                .filter(event -> entity.isAssignableFrom(event.entityType()))
                .map(event -> (RealtimeEvent<T>) event)
                .toList();
    }

    /**
     * Whether the transaction begins with this chunk.
     *
     * @return false where there were chunks before it
     */
    public boolean first() {
        return first;
    }

    /**
     * Whether the transaction ends with this chunk.
     *
     * @return false where further chunks follow, or would have: an effect that must be whole waits for the last one, and is
     *     let go of where a {@linkplain #first first} chunk comes before it (see {@link TransactionHandler})
     */
    public boolean last() {
        return last;
    }

    /**
     * Where the chunk begins in its transaction. The ordinals between may have gaps: changes that this stream does not
     * listen to.
     *
     * @return the ordinal of its first event
     */
    public long firstOrdinal() {
        return events.get(0).position().ordinal();
    }

    /**
     * Where the chunk ends in its transaction.
     *
     * @return the ordinal of its last event
     */
    public long lastOrdinal() {
        return events.get(events.size() - 1).position().ordinal();
    }

    /**
     * Whether the handler may have seen one of the events before.
     *
     * @return false only where all of it certainly comes for the first time
     */
    public boolean possibleRedelivery() {
        return events.stream().anyMatch(RealtimeEvent::possibleRedelivery);
    }

    /** Which chunk it is; no value. */
    @Override
    public String toString() {
        return "transaction " + transaction().commitLsn() + " [" + firstOrdinal() + ", " + lastOrdinal() + "]"
                + (last ? "" : " and more");
    }
}
