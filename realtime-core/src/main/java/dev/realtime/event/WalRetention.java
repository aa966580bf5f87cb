package dev.realtime.event;

/**
 * What becomes of the subscriptions for which the slot keeps more of the server's log than it may: see
 * {@code RealtimeBuilder.maxRetainedWal}.
 */
public enum WalRetention {
    /** They keep their place, and the server its log: it is logged, and the status tells it. The default. */
    KEEP,
    /**
     * Their claim is dropped: what is lost to each is told as a {@link Gap} of its own, then it stops, and the server may
     * forget. The others go on.
     */
    DETACH
}
