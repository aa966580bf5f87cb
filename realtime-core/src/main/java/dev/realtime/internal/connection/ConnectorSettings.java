package dev.realtime.internal.connection;

import dev.realtime.error.ConfigurationException;
import java.time.Duration;

/**
 * How connections are opened. Immutable.
 *
 * @param applicationName what {@code pg_stat_activity} shows
 * @param connectTimeout the longest the TCP connection may take, to each host
 * @param loginTimeout the longest everything up to the first prompt may take: TCP, TLS, authentication
 * @param controlReadTimeout the longest an ordinary session waits for one answer; a black hole must not hold its thread
 */
public record ConnectorSettings(
        String applicationName, Duration connectTimeout, Duration loginTimeout, Duration controlReadTimeout) {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Settings; every time-out is at least a second, the driver's unit. */
    public ConnectorSettings {
        atLeastASecond("connectTimeout", connectTimeout);
        atLeastASecond("loginTimeout", loginTimeout);
        atLeastASecond("controlReadTimeout", controlReadTimeout);
    }

    /**
     * Ten seconds for connecting and logging in, thirty for an answer.
     *
     * @param applicationName what {@code pg_stat_activity} shows
     * @return the settings
     */
    public static ConnectorSettings of(String applicationName) {
        return new ConnectorSettings(
                applicationName, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /**
     * A limited time for connecting and logging in, and thirty seconds for an answer.
     *
     * @param applicationName what {@code pg_stat_activity} shows
     * @param attempt the time; a second where it is less
     * @return the settings
     */
    public static ConnectorSettings patient(String applicationName, Duration attempt) {
        Duration connect = attempt.compareTo(SECOND) < 0 ? SECOND : attempt;
        return new ConnectorSettings(applicationName, connect, connect, Duration.ofSeconds(30));
    }

    /**
     * A second for connecting and logging in, and for an answer.
     *
     * @param applicationName what {@code pg_stat_activity} shows
     * @return the settings
     */
    public static ConnectorSettings impatient(String applicationName) {
        return new ConnectorSettings(applicationName, SECOND, SECOND, SECOND);
    }

    private static void atLeastASecond(String name, Duration timeout) {
        if (timeout.toSeconds() < 1 || timeout.toSeconds() > Integer.MAX_VALUE / 1000) {
            throw new ConfigurationException(name + " must be at least a second and less than 24 days, not " + timeout);
        }
    }
}
