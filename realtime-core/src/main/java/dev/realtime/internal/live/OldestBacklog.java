package dev.realtime.internal.live;

import dev.realtime.internal.binding.BoundChange;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The oldest changes wait, in a queue of its own; where it is full the newest are missed until something was taken.
 * Guarded by the log.
 */
final class OldestBacklog implements Backlog {

    private final LiveLog log;
    private final int capacity;
    private final Memory memory;
    private final ArrayDeque<Taken> queue = new ArrayDeque<>();
    private long bytes;
    private long missed;
    /** Everything before this place is in the queue or counted as missed. */
    private long next;

    private boolean full;

    OldestBacklog(LiveLog log, int capacity, Memory memory) {
        this.log = log;
        this.capacity = capacity;
        this.memory = memory;
        this.next = log.head();
    }

    /**
     * Changes have come, the last of the log.
     *
     * @return false where it is full and need not be told of more, until it asks for it
     */
    boolean came(List<BoundChange<?>> changes) {
        long first = log.head() - changes.size();
        for (int i = 0; i < changes.size() && !full; i++) {
            BoundChange<?> change = changes.get(i);
            long size = Memory.bytes(change);
            if (queue.size() < capacity && memory.keep(size, bytes)) {
                missTo(first + i);
                queue.add(new Taken(missed, change, 0, true));
                bytes += size;
                missed = 0;
                next++;
            } else {
                full = true;
            }
        }
        return !full;
    }

    private void missTo(long place) {
        missed += place - next;
        next = place;
    }

    @Override
    public int take(Queue<Taken> into, int most) {
        int count = 0;
        Taken taken;
        while (count < most && (taken = queue.poll()) != null) {
            into.add(taken);
            free(taken);
            count++;
        }
        missTo(log.head());
        if (count == 0 && missed > 0) {
            into.add(Taken.nothingBehind(missed));
            missed = 0;
        }
        if (full) {
            full = false;
            log.keepFor(this);
        }
        return count;
    }

    private void free(Taken taken) {
        BoundChange<?> change = taken.change();
        if (change != null) {
            long size = Memory.bytes(change);
            bytes -= size;
            memory.release(size);
        }
    }

    @Override
    public long queued() {
        return queue.size();
    }

    @Override
    public void release() {
        queue.forEach(this::free);
        queue.clear();
    }
}
