package dev.realtime.internal.live;

import dev.realtime.internal.binding.BoundChange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The last changes of an entity, by their places. Guarded by its log. */
final class Recent {

    private @Nullable BoundChange<?>[] ring = new BoundChange<?>[64];
    private long first;
    private int size;
    private long bytes;

    /** The place of the oldest; of the next to come where there is none. */
    long first() {
        return first;
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    BoundChange<?> get(long place) {
        return Objects.requireNonNull(ring[slot(place)]);
    }

    /** At the place behind the last. */
    void add(BoundChange<?> change) {
        if (size == ring.length) {
            grow();
        }
        ring[slot(first + size)] = change;
        size++;
        bytes += Memory.bytes(change);
    }

    void dropOldest() {
        bytes -= Memory.bytes(get(first));
        ring[slot(first)] = null;
        first++;
        size--;
    }

    /** Nothing is left of what was before a place. */
    void restartAt(long place) {
        while (size > 0) {
            dropOldest();
        }
        first = place;
    }

    private void grow() {
        @Nullable BoundChange<?>[] larger = new BoundChange<?>[ring.length * 2];
        for (long place = first; place < first + size; place++) {
            larger[(int) (place % larger.length)] = get(place);
        }
        ring = larger;
    }

    private int slot(long place) {
        return (int) (place % ring.length);
    }
}
