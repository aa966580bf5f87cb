package dev.realtime.internal.bus;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: doubled each time up to a bound, with full jitter, so that many who failed
 * together do not come back together. Immutable.
 *
 * @param first the bound of the first pause
 * @param most the bound of every pause
 */
public record Backoff(Duration first, Duration most) {

    /**
     * The pause before an attempt.
     *
     * @param failures how many attempts have failed in a row, from 1
     * @return between nothing and the bound of this attempt
     */
    public Duration pause(int failures) {
        long bound = first.toNanos();
        for (int i = 1; i < failures && bound < most.toNanos(); i++) {
            bound *= 2;
        }
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(Math.min(bound, most.toNanos()) + 1));
    }
}
