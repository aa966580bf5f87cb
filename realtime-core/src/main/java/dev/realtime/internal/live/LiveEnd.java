package dev.realtime.internal.live;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a stream. Immutable.
 *
 * @param error why; null where it was stopped
 * @param nanos when, by the clock of {@link System#nanoTime}
 */
record LiveEnd(@Nullable Throwable error, long nanos) {

    /** Who has asked for what waits may still get it for so long. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    boolean isOver() {
        return System.nanoTime() - nanos > GRACE_NANOS;
    }
}
