package dev.realtime.internal.ack;

import dev.realtime.support.Seed;
import org.junit.jupiter.api.Test;

/** The tracker over thousands of random interleavings of its threads' calls. */
class TrackerPropertyTest {

    private static final int HISTORIES = 3_000;
    private static final int STEPS = 200;

    @Test
    void the_mark_is_never_past_anything_unfinished_never_goes_back_and_reaches_the_end() {
        long seed = Seed.of("tracker's histories");
        for (int i = 0; i < HISTORIES; i++) {
            try {
                new TrackedHistory(seed + i).play(STEPS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("History " + i + " of seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
