package dev.realtime.event;

/**
 * What becomes of the subscriptions for which the slot keeps more of the server's log than it may: see
 * {@code RealtimeBuilder.maxRetainedWal}.
 */
public enum WalRetention {
    /** They keep their place, and the server its log: it is logged, and the status tells it. The default. */
    KEEP,
    /**
     * Their claim is dropped: each stops, its state and its error say what is lost to it, and the server may forget. The
     * others go on.
     */
    DETACH
}
