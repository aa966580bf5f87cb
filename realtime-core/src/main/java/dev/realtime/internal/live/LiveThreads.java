package dev.realtime.internal.live;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The few threads that call live subscribers, as many as are needed up to one a processor and no more than four; each ends
 * after some seconds without work. Working for subscribers that are overrun, they rest so that all together take no more
 * than a fortieth of the machine: what those get is a sample of a flood in any case, and durable subscriptions need the
 * processors. Thread-safe.
 */
final class LiveThreads {

    private static final int MOST = 4;
    private static final int FEWEST = 2;
    private static final long IDLE_MILLIS = 5_000;
    private static final int SHARE = 40;
    private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ThreadPoolExecutor pool;
    private final AtomicLong restDue = new AtomicLong();
    /** How many times as long as it works each rests. */
    private final int rest;

    private volatile boolean ending;

    LiveThreads(String slot) {
        AtomicInteger count = new AtomicInteger();
        int processors = Runtime.getRuntime().availableProcessors();
        int size = Math.max(FEWEST, Math.min(MOST, processors));
        rest = Math.max(1, SHARE * size / processors - 1);
        pool = new ThreadPoolExecutor(
                size, size, IDLE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "realtime-" + slot + "-live-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    void execute(Runnable turn) {
        pool.execute(turn);
    }

    /** A thread has worked for a subscriber that is overrun; called by it, and rests. */
    void overrun(long workedNanos) {
        if (restDue.addAndGet(rest * workedNanos) >= SHORTEST_REST_NANOS && !ending) {
            LockSupport.parkNanos(Math.min(LONGEST_REST_NANOS, restDue.getAndSet(0)));
        }
    }

    /** The threads end as soon as they have nothing to do. */
    void end() {
        ending = true;
        pool.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
    }
}
