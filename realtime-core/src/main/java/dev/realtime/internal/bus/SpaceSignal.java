package dev.realtime.internal.bus;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a reader waits on where a queue is full. A signal that comes before the wait is not lost. Thread-safe. */
final class SpaceSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition signalled = lock.newCondition();
    private boolean pending;

    void signal() {
        lock.lock();
        try {
            pending = true;
            signalled.signal();
        } finally {
            lock.unlock();
        }
    }

    void await(long nanos) {
        lock.lock();
        try {
            if (!pending) {
                signalled.await(nanos, TimeUnit.NANOSECONDS);
            }
            pending = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
