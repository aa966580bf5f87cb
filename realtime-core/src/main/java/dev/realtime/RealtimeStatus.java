package dev.realtime;

import dev.realtime.event.Gap;
import dev.realtime.event.LiveCounts;
import dev.realtime.wal.Lsn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the stream is doing at one moment. No row values. Immutable.
 *
 * @param state what it is doing
 * @param slot the replication slot
 * @param publication the publication
 * @param confirmed how far PostgreSQL may forget: everything before it has been handled; {@code 0/0} before the first
 *     session
 * @param received how far the stream has been read
 * @param serverPosition how far the server's log was, when it last said so
 * @param lagBytes bytes of log between {@code serverPosition} and {@code confirmed}: what is not confirmed yet
 * @param sessions how many times the stream was opened
 * @param streamingSince when the present session began; null while there is none
 * @param retainedWal how much log the server keeps for the slot; null where {@link RealtimeBuilder#maxRetainedWal} was not
 *     called, and before the server was first asked
 * @param lastError the last error of the stream, kept after it was overcome; null where there was none
 * @param gap the last gap, kept after it was passed; null where there was none in this process
 * @param failover whether the slot would outlive the server; null where it need not ({@link RealtimeBuilder#failover}), and
 *     before it is known
 * @param unavailable the attributes that no event tells, by the entity's name, each with the reason: a formula, a large
 *     object, a column of another table; entities of which all is told are not in it
 * @param subscriptions each subscription
 * @param live the live subscriptions, by entity
 */
public record RealtimeStatus(
        State state,
        String slot,
        String publication,
        Lsn confirmed,
        Lsn received,
        Lsn serverPosition,
        long lagBytes,
        long sessions,
        @Nullable Instant streamingSince,
        @Nullable RetainedWal retainedWal,
        @Nullable Throwable lastError,
        @Nullable Gap gap,
        @Nullable Failover failover,
        Map<String, Map<String, String>> unavailable,
        List<Subscription> subscriptions,
        List<Live> live) {

    /** A status. */
    public RealtimeStatus {
        Objects.requireNonNull(state, "state");
        unavailable = Map.copyOf(unavailable);
        subscriptions = List.copyOf(subscriptions);
        live = List.copyOf(live);
    }

    /**
     * How much log the server keeps for the slot: see {@code pg_replication_slots} (manual, section 53.20). Immutable.
     *
     * @param bytes how much, when the server was last asked
     * @param isOverBudget whether that is more than {@link RealtimeBuilder#maxRetainedWal} allows
     * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
     * @param safeBytes {@code safe_wal_size}: how much more can be written before the slot may be given up; null where the
     *     server sets no {@code max_slot_wal_keep_size}, or has given it up
     * @param at when it was asked, by this machine's clock
     */
    public record RetainedWal(
            long bytes,
            boolean isOverBudget,
            String walStatus,
            @Nullable Long safeBytes,
            Instant at) {}

    /** What a stream does. */
    public enum State {
        /** It checks the server and opens the stream for the first time. */
        STARTING,
        /** Changes are read as they are committed. */
        STREAMING,
        /** Another instance streams from the slot; this one takes over when it goes: see {@link RealtimeBuilder#standby}. */
        STANDBY,
        /** The connection is gone; it is opened again, and nothing is lost meanwhile. */
        RECONNECTING,
        /** It was asked to stop; handlers finish what they have begun. */
        STOPPING,
        /** It was stopped. */
        STOPPED,
        /** It cannot go on without help: see {@link RealtimeStatus#lastError()}. The slot keeps what is not confirmed. */
        FAILED
    }

    /**
     * Whether the slot would outlive the server. Looked at every ten seconds, on the primary: whether the standby has taken
     * the slot over already ({@code synced} and not {@code temporary}), only the standby knows. Immutable.
     *
     * @param ready whether the primary lacks nothing
     * @param missing what it lacks, in sentences
     */
    public record Failover(boolean ready, List<String> missing) {

        /** Readiness for a failover. */
        public Failover {
            missing = List.copyOf(missing);
        }
    }

    /** What a subscription does. */
    public enum SubscriptionState {
        /** It is on the shared stream. */
        STREAMING,
        /** It has left the shared stream, because it was slow, paused or stopped, and catches up by itself. */
        CATCHING_UP,
        /** It was paused by the application; its place is held. */
        PAUSED,
        /** Its policy or an error stopped it at an event, or the stream has ended; its place is held. */
        STOPPED,
        /**
         * The server kept more of its log for it than {@link RealtimeBuilder#maxRetainedWal} allows, and its claim was
         * dropped: what was committed behind its position is lost to it, as its last error says.
         */
        DETACHED
    }

    /**
     * How one subscription is doing. Immutable.
     *
     * @param name its name
     * @param state what it is doing
     * @param position everything that was committed before it is handled
     * @param handled how many events its handler has handled in this process
     * @param skipped how many events its policy has passed over in this process
     * @param parked how many events it has put aside in this process: {@link Realtime#deadLetters()} has them
     * @param covered how many changes came again that it had handled before, and passed over
     * @param queued how many changes wait in its queue
     * @param failures how often in a row the handler has failed at the event it is at, or was stopped at; 0 where it goes on
     * @param overdueSince since when its handler has been at work that takes longer than its {@link
     *     RealtimeBuilder#handlerTimeout}; null where it is not
     * @param lastError its last failure, be it its handler's or one that keeps it from catching up, kept after it was
     *     overcome; null where there was none
     */
    public record Subscription(
            String name,
            SubscriptionState state,
            Lsn position,
            long handled,
            long skipped,
            long parked,
            long covered,
            int queued,
            int failures,
            @Nullable Instant overdueSince,
            @Nullable Throwable lastError) {}

    /**
     * How the live subscriptions to one entity are doing. Immutable.
     *
     * @param entity the entity's name
     * @param subscriptions how many there are
     * @param counts what became of the changes that were published to any of them, those that have ended included
     */
    public record Live(String entity, int subscriptions, LiveCounts counts) {}
}
