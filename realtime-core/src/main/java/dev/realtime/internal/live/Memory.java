package dev.realtime.internal.live;

import dev.realtime.internal.binding.BoundChange;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the live subscriptions of a stream share: a quarter for what the reader has left, a half for the logs, a
 * quarter for the queues of those that keep the oldest changes. Sizes are rough. Thread-safe.
 */
final class Memory {

    private static final long MOST = 16L << 20;
    /** What a change takes besides its row, in the log and outside it. */
    private static final int OVERHEAD_BYTES = 256;
    /** A queue has no more than this part of what all queues have. */
    private static final int QUEUES = 8;

    private final long limit;
    private final AtomicInteger logs = new AtomicInteger();
    private final AtomicLong kept = new AtomicLong();

    Memory() {
        this(Math.min(MOST, Runtime.getRuntime().maxMemory() / 8));
    }

    Memory(long limit) {
        this.limit = limit;
    }

    static int bytes(BoundChange<?> change) {
        return OVERHEAD_BYTES + change.size();
    }

    long ofInbox() {
        return limit / 4;
    }

    /** A log holds its changes twice at most: in their order and by their ids. */
    long ofHalfLog() {
        return limit / 4 / Math.max(1, logs.get());
    }

    void logInUse() {
        logs.incrementAndGet();
    }

    void logOutOfUse() {
        logs.decrementAndGet();
    }

    /** Whether a queue may keep a change too; an empty one may always keep one. */
    boolean keep(long bytes, long alreadyKept) {
        long most = limit / 4;
        if (alreadyKept > 0 && (alreadyKept + bytes > most / QUEUES || kept.get() + bytes > most)) {
            return false;
        }
        kept.addAndGet(bytes);
        return true;
    }

    void release(long bytes) {
        kept.addAndGet(-bytes);
    }
}
