package dev.realtime.store;

import dev.realtime.wal.EventPosition;
import java.time.Instant;
import java.util.Objects;

/**
 * An event that a subscription put aside after its handler had failed as often as its policy allows, or whose row could
 * not be decoded. No value of the row: that lies in the table beside it, and comes back with {@link DeadLetters#replay}.
 * Immutable.
 *
 * @param slot the replication slot of the stream
 * @param subscription the name of the subscription that put it aside
 * @param eventId the event's id, the same at every delivery
 * @param entity the entity's name in JPA
 * @param action what happened to the row: the name of a {@code dev.realtime.event.Action}
 * @param position where the change stands in the order of all changes
 * @param xid the number of its transaction, an unsigned 32-bit counter
 * @param commitTime when its transaction was committed, by the server's clock
 * @param attempts how often it was offered
 * @param errorClass the class of the last failure
 * @param errorDetail what may be told of it without a value of the row: the message of an error of this library, the
 *     SQLSTATE of an error of a database, the place in the code of everything else; at most 1,000 characters
 * @param parkedAt when it was put aside, by the application's clock
 */
public record DeadLetter(
        String slot,
        String subscription,
        String eventId,
        String entity,
        String action,
        EventPosition position,
        long xid,
        Instant commitTime,
        int attempts,
        String errorClass,
        String errorDetail,
        Instant parkedAt) {

    /** An event that was put aside. */
    public DeadLetter {
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(position, "position");
    }
}
