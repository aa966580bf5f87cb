package dev.realtime.internal.bus;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks after handlers that take too long, on a thread of its own, for as long as one of the subscriptions' threads lives. */
final class HandlerWatch implements Runnable {

    private static final long LONGEST_TICK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long SHORTEST_TICK_NANOS = Duration.ofMillis(10).toNanos();

    private final List<Subscription> subscriptions;
    private final List<Thread> threads;
    private final long tickNanos;

    private HandlerWatch(List<Subscription> subscriptions, List<Thread> threads, long tickNanos) {
        this.subscriptions = subscriptions;
        this.threads = threads;
        this.tickNanos = tickNanos;
    }

    /**
     * Begins, where somebody minds how long a handler takes.
     *
     * @param subscriptions all of them
     * @param threads their threads, started
     * @param name of the thread
     */
    static void start(List<Subscription> subscriptions, List<Thread> threads, String name) {
        long tick = subscriptions.stream()
                .mapToLong(each -> each.calls().tickNanos())
                .min()
                .orElse(Long.MAX_VALUE);
        if (tick != Long.MAX_VALUE) {
            long nanos = Math.max(SHORTEST_TICK_NANOS, Math.min(tick, LONGEST_TICK_NANOS));
            Thread thread = new Thread(new HandlerWatch(subscriptions, threads, nanos), name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        try {
            while (isAnyAlive()) {
                subscriptions.forEach(each -> each.calls().check());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a while, no longer than they live. */
    private boolean isAnyAlive() throws InterruptedException {
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                TimeUnit.NANOSECONDS.timedJoin(thread, tickNanos);
                return true;
            }
        }
        return false;
    }
}
