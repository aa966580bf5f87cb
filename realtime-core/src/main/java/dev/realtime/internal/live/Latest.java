package dev.realtime.internal.live;

import dev.realtime.event.Action;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.RowKey;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Of each id the latest change, in the order of their places; one that it covers has gone. The rules are those of {@link
 * dev.realtime.event.Overflow#coalesceById}. Guarded by its log.
 */
final class Latest {

    /** A change that stands for those of its entity before it. */
    static final class Entry {
        final long place;
        final BoundChange<?> change;
        private final @Nullable RowKey key;
        /** The place of the change of the same entity just before, where this one has taken its place; else -1. */
        final long replaced;
        /** An older one of the same id that knows more than this one. */
        private final @Nullable Entry below;

        private boolean gone;

        private Entry(long place, BoundChange<?> change, @Nullable RowKey key, long replaced, @Nullable Entry below) {
            this.place = place;
            this.change = change;
            this.key = key;
            this.replaced = replaced;
            this.below = below;
        }

        private long bytes() {
            return Memory.bytes(change) + (key == null ? 0 : key.size());
        }
    }

    private final TreeMap<Long, Entry> byPlace = new TreeMap<>();
    private final Map<RowKey, Entry> byKey = new HashMap<>();
    private long completeFrom;
    private long bytes;

    /** Behind this place nothing has gone but for a newer state of its entity. */
    long completeFrom() {
        return completeFrom;
    }

    int size() {
        return byPlace.size();
    }

    long bytes() {
        return bytes;
    }

    /** From a place on. */
    NavigableMap<Long, Entry> from(long place) {
        return byPlace.tailMap(place, true);
    }

    void add(long place, BoundChange<?> change) {
        RowKey key = change.key();
        if (change.action() == Action.TRUNCATE) {
            clear();
            put(new Entry(place, change, null, -1, null));
        } else if (key == null) {
            put(new Entry(place, change, null, -1, null));
        } else {
            RowKey oldKey = change.oldKey();
            long replaced = replace(key, change);
            if (oldKey == null) {
                Entry entry = new Entry(place, change, key, replaced, byKey.get(key));
                put(entry);
                byKey.put(key, entry);
            } else {
                replaced = Math.max(replaced, replace(oldKey, change));
                byKey.remove(oldKey);
                byKey.remove(key);
                put(new Entry(place, change, null, replaced, null)); // nothing takes its place
            }
        }
    }

    private void put(Entry entry) {
        byPlace.put(entry.place, entry);
        bytes += entry.bytes();
    }

    /** What the change covers goes; the place of the last of them where that was the one just before, or -1. */
    private long replace(RowKey key, BoundChange<?> change) {
        Entry last = byKey.get(key);
        long replaced = -1;
        Entry entry = last;
        while (entry != null && (entry.gone || change.covers(entry.change))) {
            if (!entry.gone) {
                replaced = entry == last ? entry.place : replaced;
                remove(entry);
            }
            entry = entry.below;
        }
        if (entry == null) {
            byKey.remove(key);
        } else {
            byKey.put(key, entry);
        }
        return replaced;
    }

    private void remove(Entry entry) {
        entry.gone = true;
        byPlace.remove(entry.place);
        bytes -= entry.bytes();
    }

    void dropOldest() {
        Entry oldest = byPlace.firstEntry().getValue();
        remove(oldest);
        if (oldest.key != null) {
            byKey.remove(oldest.key, oldest);
        }
        completeFrom = oldest.place + 1;
    }

    /** Nothing is left of what was before a place. */
    void restartAt(long place) {
        clear();
        completeFrom = place;
    }

    private void clear() {
        byPlace.clear();
        byKey.clear();
        bytes = 0;
    }
}
