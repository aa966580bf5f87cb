package dev.realtime.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;

/** Asks again and again until the answer is the expected one, for half a minute at most. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Eventually() {}

    public static <T> void equal(T expected, Callable<T> question) {
        Stage.await(PATIENCE)
                .untilAsserted(() -> Assertions.assertThat(question.call()).isEqualTo(expected));
    }
}
