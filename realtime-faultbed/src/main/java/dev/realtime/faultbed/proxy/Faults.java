package dev.realtime.faultbed.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What is wrong with the network at the moment; every connection asks it before each step. Thread-safe. */
final class Faults {

    private static final long NEVER = Long.MAX_VALUE;
    private static final int SLICES_PER_SECOND = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Way toServer = new Way();
    private final Way toClient = new Way();
    private final AtomicLong messagesUntilCut = new AtomicLong(NEVER);
    private final AtomicLong messagesUntilCorrupt = new AtomicLong(NEVER);
    private volatile int corruptOffset;
    private volatile boolean cutInside;
    private volatile boolean blackHole;
    private boolean frozen;
    private boolean over;

    /** What is wrong in one direction. */
    private static final class Way {
        volatile long bytesPerSecond;
        volatile long delayNanos;
        volatile int maxSegment = Integer.MAX_VALUE;
        final AtomicLong bytesUntilCorrupt = new AtomicLong(NEVER);
    }

    private Way way(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    void blackHole(boolean on) {
        blackHole = on;
    }

    boolean swallows() {
        return blackHole;
    }

    void throttle(Direction direction, long bytesPerSecond) {
        way(direction).bytesPerSecond = bytesPerSecond;
    }

    void delay(Direction direction, Duration delay) {
        way(direction).delayNanos = delay.toNanos();
    }

    void split(Direction direction, int maxSegment) {
        way(direction).maxSegment = maxSegment;
    }

    void corrupt(Direction direction, long offset) {
        way(direction).bytesUntilCorrupt.set(offset);
    }

    void cutAtMessage(long number, boolean inside) {
        cutInside = inside;
        messagesUntilCut.set(number);
    }

    void corruptMessage(long number, int offset) {
        corruptOffset = offset;
        messagesUntilCorrupt.set(number);
    }

    /** Counts a WAL message that has begun; true where the stream ends inside it. */
    boolean cutsInside() {
        return cutInside && reaches(messagesUntilCut);
    }

    /** Counts a WAL message that is complete; true where the stream ends behind it. */
    boolean cutsBehind() {
        return !cutInside && reaches(messagesUntilCut);
    }

    /** Counts a WAL message that begins this far into the bytes that are forwarded next. */
    void corruptsMessageAt(int position) {
        if (reaches(messagesUntilCorrupt)) {
            corrupt(Direction.TO_CLIENT, position + (long) corruptOffset);
        }
    }

    private static boolean reaches(AtomicLong messagesLeft) {
        return messagesLeft.get() != NEVER && messagesLeft.decrementAndGet() == 0;
    }

    void freeze(boolean on) {
        change(() -> frozen = on);
    }

    /** Lets everyone go who waits here. */
    void end() {
        change(() -> over = true);
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forwards bytes of a replication connection or any other, as slowly and wrongly as is wanted. */
    void forward(Direction direction, OutputStream out, byte[] bytes, int length, boolean mayCorrupt)
            throws IOException {
        Way way = way(direction);
        pause(way.delayNanos);
        if (mayCorrupt) {
            corrupt(way.bytesUntilCorrupt, bytes, length);
        }
        int at = 0;
        while (at < length) {
            awaitThaw();
            long rate = way.bytesPerSecond;
            int slice = rate == 0 ? length : (int) Math.max(1, rate / SLICES_PER_SECOND);
            int next = Math.min(length - at, Math.min(way.maxSegment, slice));
            out.write(bytes, at, next);
            out.flush();
            at += next;
            if (rate > 0) {
                pause(TimeUnit.SECONDS.toNanos(next) / rate);
            }
        }
    }

    private static void corrupt(AtomicLong bytesUntilCorrupt, byte[] bytes, int length) {
        long offset = bytesUntilCorrupt.get();
        if (offset == NEVER) {
            return;
        }
        if (offset < length) {
            bytes[(int) offset] ^= (byte) 0xFF;
            bytesUntilCorrupt.set(NEVER);
        } else {
            bytesUntilCorrupt.set(offset - length);
        }
    }

    private void awaitThaw() {
        lock.lock();
        try {
            while (frozen && !over) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !over) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
