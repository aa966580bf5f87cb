package dev.realtime.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void pauses_grow_from_the_first_bound_to_the_last() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
        for (int i = 0; i < 1_000; i++) {
            assertThat(backoff.pause(1)).isBetween(Duration.ZERO, Duration.ofMillis(100));
            assertThat(backoff.pause(3)).isBetween(Duration.ZERO, Duration.ofMillis(400));
            assertThat(backoff.pause(1_000_000)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        }
    }
}
