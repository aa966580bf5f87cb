package dev.realtime.internal.bus;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription is doing. Immutable.
 *
 * @param name its name
 * @param state what it is doing
 * @param handled how many events its handler has handled
 * @param skipped how many events were given up by its policy
 * @param parked how many events its policy has put aside
 * @param covered how many changes came again that it had handled before
 * @param queued how many changes wait in its queue
 * @param position how far it is, at least: everything that ends at or before it is finished; unsigned
 * @param failures how often in a row its handler has failed at the event it is at, or was stopped at; 0 where it goes on
 * @param overdueSince since when a call of its handler runs that takes too long; null where none does
 * @param lastError the last failure, kept after it was overcome; null where there was none
 */
public record SubscriptionProgress(
        String name,
        State state,
        long handled,
        long skipped,
        long parked,
        long covered,
        int queued,
        long position,
        int failures,
        @Nullable Instant overdueSince,
        @Nullable Throwable lastError) {

    /** What a subscription does. */
    public enum State {
        /** It is on the shared stream. */
        STREAMING,
        /** It has left the shared stream and catches up by itself. */
        CATCHING_UP,
        /** It was paused by the application. */
        PAUSED,
        /** Its policy or an error stopped it at an event, or the stream has ended; its place is held. */
        STOPPED,
        /** It held more of the server's log than it may, and has lost its claim: what comes behind its position is lost to it. */
        DETACHED
    }
}
