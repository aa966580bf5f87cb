package dev.realtime.internal.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The subscriptions' threads, one for each, and the one that looks after their handlers. Thread-safe once all are added. */
final class SubscriptionThreads {

    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final String watchName;

    /**
     * @param watchName names the thread that looks after handlers
     */
    SubscriptionThreads(String watchName) {
        this.watchName = watchName;
    }

    void add(Subscription subscription, String name) {
        Thread thread = new Thread(subscription, name);
        thread.setDaemon(true);
        subscriptions.add(subscription);
        threads.add(thread);
    }

    void start() {
        threads.forEach(Thread::start);
        HandlerWatch.start(subscriptions, threads, watchName);
    }

    /** Waits until every one has ended; false where one has not in that time. */
    boolean awaitEnd(long nanos) {
        long deadline = System.nanoTime() + nanos;
        try {
            for (Thread thread : threads) {
                long left = deadline - System.nanoTime();
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(left, 1));
                if (thread.isAlive()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Interrupts those that have not ended, and tells the names of their subscriptions. */
    List<String> interrupt() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            if (threads.get(i).isAlive()) {
                names.add(subscriptions.get(i).spec().name());
                subscriptions.get(i).interrupt(threads.get(i));
            }
        }
        return names;
    }

    /** Whether a thread is one of these, or one that a subscription has besides. */
    boolean isOn(Thread thread) {
        return threads.contains(thread) || subscriptions.stream().anyMatch(each -> each.isOn(thread));
    }
}
