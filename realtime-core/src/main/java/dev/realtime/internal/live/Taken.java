package dev.realtime.internal.live;

import dev.realtime.internal.binding.BoundChange;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber gets next. Immutable.
 *
 * @param missed how many changes are missing before it
 * @param change the change; null where there is none behind those that are missing
 * @param coalesced how many changes were left out before it because a newer state of their entity comes
 * @param followed whether the subscriber got the change of the same entity before this one, so that it may be told what was
 *     before
 */
record Taken(long missed, @Nullable BoundChange<?> change, long coalesced, boolean followed) {

    static Taken nothingBehind(long missed) {
        return new Taken(missed, null, 0, true);
    }
}
