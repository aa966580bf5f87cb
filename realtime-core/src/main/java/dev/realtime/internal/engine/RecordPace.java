package dev.realtime.internal.engine;

import java.time.Duration;

/**
 * When the next record is due of how far the server may forget. To record is to write, and moves the server's log by itself:
 * an advance without work is recorded seldom, and not at all where hardly more than the last record lies behind it. It has no
 * clock of its own. Confined to the reader thread.
 */
final class RecordPace {

    private static final long WORK_NANOS = Duration.ofMillis(500).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long IDLE_BYTES = 16L << 20;
    /** What the server writes by itself in answer to a record: snapshots of running transactions, checkpoints, vacuum. */
    private static final long ECHO_BYTES = 64L << 10;

    private long recorded;
    private long recordedOffers;
    private boolean settled = true;
    private long ownEnd;
    private long lastNanos;

    RecordPace(long nowNanos) {
        lastNanos = nowNanos;
    }

    /** How far the server may be told to forget, unsigned. */
    long recorded() {
        return recorded;
    }

    /** A position was found in the table. */
    void begin(long position) {
        recorded = position;
    }

    /** There is something to look after, with or without an advance. */
    void unsettle() {
        settled = false;
    }

    /** A record is tried now, whatever becomes of it. */
    void tried(long nowNanos) {
        lastNanos = nowNanos;
    }

    /** A position was written. */
    void wrote(long position, long logEnd) {
        recorded = position;
        ownEnd = logEnd;
    }

    /**
     * Everything up to here is recorded.
     *
     * @param offers how many transactions were given to subscriptions by then
     * @param idle whether all of them were finished
     */
    void done(long offers, boolean idle) {
        recordedOffers = offers;
        settled = idle;
    }

    /**
     * How long until the next record; {@link Long#MAX_VALUE} where none is wanted as things are.
     *
     * @param position how far everything is finished, unsigned
     * @param offers how many transactions were given to subscriptions
     */
    long nanosToDue(long position, long offers, long nowNanos) {
        long since = nowNanos - lastNanos;
        if (offers != recordedOffers || !settled) {
            return WORK_NANOS - since;
        }
        long beyond = position - recorded;
        boolean further = Long.compareUnsigned(position, recorded) > 0
                && Long.compareUnsigned(position, ownEnd) > 0
                && (position - ownEnd > ECHO_BYTES || position - ownEnd < 0);
        if (!further) {
            return Long.MAX_VALUE;
        }
        return beyond > IDLE_BYTES || beyond < 0 ? WORK_NANOS - since : IDLE_NANOS - since;
    }
}
