package dev.realtime.internal.live;

import dev.realtime.internal.binding.BoundChange;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the reader has left and nobody has taken to the logs yet. Where it is full the oldest changes go, and are counted:
 * the reader never waits. Thread-safe.
 */
final class Inbox {

    /** Changes in the order of the stream, behind those that went. */
    record Post(long[] missed, List<BoundChange<?>> changes) {}

    private static final int MOST_CHANGES = 16_384;

    private final ArrayDeque<List<BoundChange<?>>> batches = new ArrayDeque<>();
    private final long mostBytes;
    private long[] missed;
    private int changes;
    private long bytes;
    private boolean closed;

    Inbox(int entities, long mostBytes) {
        this.missed = new long[entities];
        this.mostBytes = mostBytes;
    }

    synchronized void put(List<BoundChange<?>> batch) {
        if (closed) {
            return;
        }
        if (batches.isEmpty()) {
            notifyAll();
        }
        batches.add(batch);
        changes += batch.size();
        bytes += bytes(batch);
        while ((changes > MOST_CHANGES || bytes > mostBytes) && batches.size() > 1) {
            for (BoundChange<?> change : poll()) {
                missed[change.binding().entityIndex()]++;
            }
        }
    }

    /** Waits for the next; null where nothing more will come. */
    synchronized @Nullable Post take() throws InterruptedException {
        while (batches.isEmpty()) {
            if (closed) {
                return null;
            }
            wait();
        }
        Post post = new Post(missed, poll());
        missed = new long[missed.length];
        return post;
    }

    synchronized boolean isEmpty() {
        return batches.isEmpty();
    }

    private List<BoundChange<?>> poll() {
        List<BoundChange<?>> batch = batches.remove();
        changes -= batch.size();
        bytes -= bytes(batch);
        return batch;
    }

    private static long bytes(List<BoundChange<?>> batch) {
        long bytes = 0;
        for (BoundChange<?> change : batch) {
            bytes += Memory.bytes(change);
        }
        return bytes;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
