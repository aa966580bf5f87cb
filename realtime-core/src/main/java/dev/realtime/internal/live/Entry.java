package dev.realtime.internal.live;

import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.RowKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A change that stands for those of its entity before it, until it goes. Guarded by its log. */
final class Entry {

    private final long place;
    private final @Nullable RowKey key;
    private final long replaced;
    private final int bytes;
    private @Nullable BoundChange<?> change;
    private @Nullable Entry below;

    /**
     * @param place where the change stands in the log
     * @param change the change
     * @param key of its entity; null where nothing may take its place
     * @param replaced the place of the change of the same entity just before, where this one has taken its place; else -1
     * @param below an older one of the same id that knows more than this one
     */
    Entry(long place, BoundChange<?> change, @Nullable RowKey key, long replaced, @Nullable Entry below) {
        this.place = place;
        this.change = change;
        this.key = key;
        this.replaced = replaced;
        this.below = below;
        this.bytes = Memory.bytes(change) + (key == null ? 0 : key.size());
    }

    long place() {
        return place;
    }

    @Nullable
    RowKey key() {
        return key;
    }

    long replaced() {
        return replaced;
    }

    @Nullable
    Entry below() {
        return below;
    }

    int bytes() {
        return bytes;
    }

    BoundChange<?> change() {
        return Objects.requireNonNull(change);
    }

    boolean isGone() {
        return change == null;
    }

    /** It keeps nothing in memory but itself. */
    void go() {
        change = null;
        below = null;
    }
}
