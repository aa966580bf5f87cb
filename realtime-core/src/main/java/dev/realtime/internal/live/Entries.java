package dev.realtime.internal.live;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the order of their places. One that goes leaves a hole, which costs nothing to make and is closed when half of
 * the room is holes. Guarded by its log.
 */
final class Entries {

    private @Nullable Entry[] ring = new Entry[64];
    private int begin;
    /** With the holes; the first is none. */
    private int length;

    private int size;
    private long bytes;

    /** How many there are. */
    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    /** How many there are with the holes among them. */
    int length() {
        return length;
    }

    /** The one at an index, which may have gone. */
    Entry at(int index) {
        return Objects.requireNonNull(ring[slot(index)]);
    }

    /** The index of the first at a place or behind it, {@link #length} where there is none. */
    int indexFrom(long place) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).place() < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many there are from an index on. */
    int sizeFrom(int index) {
        if (index == 0) {
            return size;
        }
        int count = 0;
        for (int i = index; i < length; i++) {
            count += at(i).isGone() ? 0 : 1;
        }
        return count;
    }

    /** Behind the last. */
    void add(Entry entry) {
        if (length == ring.length) {
            close(size <= length / 2 ? length : length * 2);
        }
        ring[slot(length)] = entry;
        length++;
        size++;
        bytes += entry.bytes();
    }

    void remove(Entry entry) {
        size--;
        bytes -= entry.bytes();
        entry.go();
        while (length > 0 && at(0).isGone()) {
            ring[begin] = null;
            begin = slot(1);
            length--;
        }
    }

    void clear() {
        if (length > 0) {
            ring = new Entry[64];
            begin = 0;
            length = 0;
            size = 0;
            bytes = 0;
        }
    }

    /** Leaves the holes out. */
    private void close(int room) {
        @Nullable Entry[] closed = new Entry[room];
        int kept = 0;
        for (int i = 0; i < length; i++) {
            Entry entry = at(i);
            if (!entry.isGone()) {
                closed[kept++] = entry;
            }
        }
        ring = closed;
        begin = 0;
        length = kept;
    }

    /** The room is a power of two. */
    private int slot(int index) {
        return begin + index & ring.length - 1;
    }
}
