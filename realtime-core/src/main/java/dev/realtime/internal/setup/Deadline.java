package dev.realtime.internal.setup;

import java.time.Duration;

/**
 * When to give up. Immutable.
 *
 * @param nanos by {@link System#nanoTime}
 */
record Deadline(long nanos) {

    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /** What is left; at least a millisecond, because PostgreSQL takes 0 for "no time-out". */
    long millis() {
        return Math.max(1, (nanos - System.nanoTime()) / 1_000_000);
    }
}
