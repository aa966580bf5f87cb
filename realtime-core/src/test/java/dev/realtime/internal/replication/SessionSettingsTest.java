package dev.realtime.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {

    @Test
    void theStatusGoesOutThreeTimesWithinTheServersPatienceAndEveryTenSecondsAtLeast() {
        assertThat(SessionSettings.of("test", Duration.ofSeconds(3)).statusInterval())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(SessionSettings.of("test", Duration.ofMinutes(5)).statusInterval())
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void anIntervalThatTheServerWouldNotWaitForIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new SessionSettings(
                        "test", Duration.ofSeconds(3), Duration.ofMillis(1501), Duration.ofSeconds(12), false))
                .withMessageContaining("statusInterval");
    }
}
