package dev.realtime.internal.bus;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The bounded queue between the reader of a stream and one subscription. Thread-safe. */
final class DeliveryQueue {

    /** How much a subscription takes at once: the lock is paid once for it, and large rows stay in the bounded queue. */
    private static final int TAKEN_AT_ONCE = 64;

    private static final long BYTES_AT_ONCE = 1 << 20;

    private final int capacity;
    private final long capacityBytes;
    private final Runnable spaceFreed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Delivery> entries = new ArrayDeque<>();
    private long bytes;
    private volatile boolean rung;
    private volatile boolean closed;
    private volatile boolean whole;
    private volatile boolean abandoned;

    /**
     * @param capacity how many entries it holds
     * @param capacityBytes how many bytes of rows it holds, roughly
     * @param spaceFreed told when a queue that was full is not full any more
     */
    DeliveryQueue(int capacity, long capacityBytes, Runnable spaceFreed) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
        this.spaceFreed = spaceFreed;
    }

    /** Takes the whole batch, or nothing where the queue is full. One batch may go over the bound. */
    boolean offer(List<Delivery> batch) {
        lock.lock();
        try {
            if (abandoned) {
                return true; // nobody will take it, and nobody waits for it
            }
            if (isFull()) {
                return false;
            }
            for (Delivery delivery : batch) {
                entries.add(delivery);
                bytes += delivery.bytes();
            }
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for entries, if there are none, and moves some of them over; nothing, where the time is over or someone has
     * {@linkplain #ring rung}.
     *
     * @param nanos how long to wait, {@link Long#MAX_VALUE} for ever
     * @return false where the queue is closed and empty
     */
    boolean take(List<Delivery> into, long nanos) throws InterruptedException {
        boolean freed;
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (entries.isEmpty()) {
                if (closed) {
                    return false;
                }
                if (rung || left <= 0) {
                    rung = false;
                    return true;
                }
                left = await(left);
            }
            rung = false;
            boolean wasFull = isFull();
            long taken = 0;
            for (int i = 0; i < TAKEN_AT_ONCE && taken < BYTES_AT_ONCE && !entries.isEmpty(); i++) {
                Delivery delivery = entries.poll();
                taken += delivery.bytes();
                into.add(delivery);
            }
            bytes -= taken;
            freed = wasFull && !isFull();
        } finally {
            lock.unlock();
        }
        if (freed) {
            spaceFreed.run();
        }
        return true;
    }

    private long await(long nanos) throws InterruptedException {
        if (nanos == Long.MAX_VALUE) {
            changed.await();
            return nanos;
        }
        return changed.awaitNanos(nanos);
    }

    /** Wakes the subscription: there is something for it to do besides what lies here. A ring before its wait is not lost. */
    void ring() {
        if (rung) {
            return; // it has not looked yet
        }
        lock.lock();
        try {
            rung = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until someone has {@linkplain #ring rung}, or the time is over; {@link Long#MAX_VALUE} for ever.
     *
     * @return whether someone has
     */
    boolean awaitRing(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!rung && left > 0) {
                left = await(left);
            }
            boolean hasRung = rung;
            rung = false;
            return hasRung;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come, though there may have been more to come: what is in it can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Everything has come that its stream was to bring, and what is in it can still be taken. Where it was closed before,
     * that is of no account: its subscription may have left it already.
     */
    void complete() {
        lock.lock();
        try {
            whole |= !closed;
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything came that its stream was to bring, and nothing of that was given up. */
    boolean isWhole() {
        return whole && !abandoned;
    }

    /** Nothing more will come, and what is in it will not be taken: it comes again on another leg. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            closed = true;
            rung = true;
            entries.clear();
            bytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        spaceFreed.run();
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether what was taken from it should not be handled any more. */
    boolean isAbandoned() {
        return abandoned;
    }

    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isAtMostHalfFull() {
        lock.lock();
        try {
            return entries.size() <= capacity / 2 && bytes <= capacityBytes / 2;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return entries.size() >= capacity || bytes >= capacityBytes;
    }
}
