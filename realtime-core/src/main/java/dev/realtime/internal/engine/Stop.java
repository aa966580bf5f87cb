package dev.realtime.internal.engine;

import dev.realtime.internal.bus.Bus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish to stop, and when it can be met: at the end of the last transaction that a handler has begun. Wished by anyone,
 * met by the reader thread.
 */
final class Stop {

    private final Bus bus;
    private final CountDownLatch wish = new CountDownLatch(1);
    private volatile long deadlineNanos;

    Stop(Bus bus) {
        this.bus = bus;
    }

    /** Wishes it; the first wish sets the time. */
    synchronized void wish(Duration timeout) {
        if (!isWished()) {
            deadlineNanos = System.nanoTime() + timeout.toNanos();
            wish.countDown();
        }
    }

    /** Wishes it at once, handlers or not. */
    synchronized void abandon() {
        deadlineNanos = System.nanoTime();
        wish.countDown();
    }

    boolean isWished() {
        return wish.getCount() == 0;
    }

    /** Waits, but no longer than until it is wished. */
    void pause(Duration pause) {
        try {
            wish.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            abandon();
        }
    }

    /** How long handlers may still take. */
    long nanosLeft() {
        return isWished() ? deadlineNanos - System.nanoTime() : Long.MAX_VALUE;
    }

    /** Whether the time for an orderly stop is over. */
    boolean isOverdue() {
        return nanosLeft() <= 0;
    }

    /**
     * Whether the reader may leave now: no handler waits for the rest of the open transaction, or waiting any longer was
     * not asked for.
     *
     * @param openCommit the commit record of the open transaction, unsigned; 0 where none is open
     */
    boolean isDue(long openCommit) {
        return isWished()
                && (openCommit == 0 || Long.compareUnsigned(openCommit, bus.stopBeginning()) > 0 || isOverdue());
    }
}
