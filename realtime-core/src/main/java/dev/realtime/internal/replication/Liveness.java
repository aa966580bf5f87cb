package dev.realtime.internal.replication;

/**
 * Judges whether the server is still there. Only the time that the reader has waited in vain counts, so that a pause of
 * its own is not held against the server. After half of the patience it is asked for a reply, and has the other half for
 * it: so a machine that slept in the middle of a wait does not judge on waking. Confined to the reader thread.
 */
final class Liveness {

    private final WaitingInput input;
    private final long deadNanos;
    private long askedNanos;
    private long idleWhenAsked;
    private boolean asked;

    Liveness(WaitingInput input, long deadNanos) {
        this.input = input;
        this.deadNanos = deadNanos;
    }

    /** The server was asked for a reply just now. */
    void asked() {
        asked = true;
        askedNanos = System.nanoTime();
        idleWhenAsked = input.idleNanos();
    }

    private boolean isReplyOpen() {
        return asked && askedNanos - input.lastByteNanos() > 0;
    }

    boolean isQuestionDue() {
        return input.idleNanos() >= deadNanos / 2 && !isReplyOpen();
    }

    boolean isDead() {
        return isReplyOpen() && nanosToDeath() <= 0;
    }

    private long nanosToDeath() {
        long idle = input.idleNanos();
        return Math.max(deadNanos - idle, idleWhenAsked + deadNanos / 2 - idle);
    }

    long silentMillis() {
        return input.idleNanos() / 1_000_000;
    }

    /** How long the reader may wait until one of the two must be asked again. */
    long nanosToNext() {
        return Math.max(0, isReplyOpen() ? nanosToDeath() : deadNanos / 2 - input.idleNanos());
    }
}
