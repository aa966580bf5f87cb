package dev.realtime.internal.live;

import dev.realtime.event.Action;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.RowKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of each id the latest change, in the order of their places; one that it covers has gone. The rules are those of {@link
 * dev.realtime.event.Overflow#coalesceById}. Guarded by its log.
 */
final class Latest {

    private final Entries entries = new Entries();
    private final Map<RowKey, Entry> byKey = new HashMap<>();
    private long completeFrom;

    /** Behind this place nothing has gone but for a newer state of its entity. */
    long completeFrom() {
        return completeFrom;
    }

    Entries entries() {
        return entries;
    }

    void add(long place, BoundChange<?> change) {
        RowKey key = change.key();
        if (change.action() == Action.TRUNCATE) {
            clear();
            entries.add(new Entry(place, change, null, -1, null));
        } else if (key == null) {
            entries.add(new Entry(place, change, null, -1, null));
        } else {
            RowKey oldKey = change.oldKey();
            Entry last = byKey.get(key);
            Entry below = cover(last, change);
            long replaced = last == null || last == below ? -1 : last.place();
            if (oldKey == null) {
                Entry entry = new Entry(place, change, key, replaced, below);
                entries.add(entry);
                byKey.put(key, entry);
            } else {
                Entry lastOfOld = byKey.get(oldKey);
                if (lastOfOld != null && cover(lastOfOld, change) != lastOfOld) {
                    replaced = Math.max(replaced, lastOfOld.place());
                }
                byKey.remove(oldKey);
                byKey.remove(key);
                entries.add(new Entry(place, change, null, replaced, null)); // nothing takes its place
            }
        }
    }

    /** What the change covers goes, from the last of its id on; returns the first that stays, or null. */
    private @Nullable Entry cover(@Nullable Entry last, BoundChange<?> change) {
        Entry entry = last;
        while (entry != null && (entry.isGone() || change.covers(entry.change()))) {
            Entry below = entry.below();
            if (!entry.isGone()) {
                entries.remove(entry);
            }
            entry = below;
        }
        return entry;
    }

    void dropOldest() {
        Entry oldest = entries.at(0);
        RowKey key = oldest.key();
        if (key != null) {
            byKey.remove(key, oldest);
        }
        entries.remove(oldest);
        completeFrom = oldest.place() + 1;
    }

    /** Nothing is left of what was before a place. */
    void restartAt(long place) {
        clear();
        completeFrom = place;
    }

    private void clear() {
        entries.clear();
        byKey.clear();
    }
}
