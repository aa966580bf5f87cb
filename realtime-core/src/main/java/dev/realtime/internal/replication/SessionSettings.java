package dev.realtime.internal.replication;

import dev.realtime.error.ConfigurationException;
import java.time.Duration;

/**
 * How the replication session behaves. Immutable.
 *
 * @param applicationName what {@code pg_stat_replication} shows
 * @param walSenderTimeout after how long without a status the server gives up: set for this session, so that the
 *     server's own setting, which may be 0, does not matter
 * @param statusInterval how long the longest pause between two statuses is
 * @param deadAfter after how long without a byte, while waiting and although a reply was asked for, the server counts as
 *     gone. Not too short: a server of version 14 or 15 may be silent while it decodes a big transaction that is not
 *     published
 * @param binary whether values are asked for in binary form; a type without a send function comes as text all the same
 */
public record SessionSettings(
        String applicationName,
        Duration walSenderTimeout,
        Duration statusInterval,
        Duration deadAfter,
        boolean binary) {

    /** Settings that fit together. */
    public SessionSettings {
        if (walSenderTimeout.toMillis() < 100 || walSenderTimeout.toMillis() > Integer.MAX_VALUE) {
            throw new ConfigurationException(
                    "walSenderTimeout must be at least 100 ms and less than 24 days, not " + walSenderTimeout);
        }
        if (statusInterval.toMillis() < 10 || statusInterval.compareTo(walSenderTimeout.dividedBy(2)) > 0) {
            throw new ConfigurationException(
                    "statusInterval must be at least 10 ms and at most half of walSenderTimeout (" + walSenderTimeout
                            + "), not " + statusInterval);
        }
        if (deadAfter.toMillis() < 100) {
            throw new ConfigurationException("deadAfter must be at least 100 ms, not " + deadAfter);
        }
    }

    /**
     * Settings from the server's patience alone: a status at least every ten seconds and three times within it; dead
     * after twelve seconds of silence, or three quarters of the server's patience where that is more.
     *
     * @param applicationName what {@code pg_stat_replication} shows
     * @param walSenderTimeout after how long without a status the server gives up
     * @return the settings
     */
    public static SessionSettings of(String applicationName, Duration walSenderTimeout) {
        Duration third = walSenderTimeout.dividedBy(3);
        Duration ten = Duration.ofSeconds(10);
        // In the middle of a big transaction a server reads replies only every half of its patience.
        Duration threeQuarters = walSenderTimeout.multipliedBy(3).dividedBy(4);
        Duration twelve = Duration.ofSeconds(12);
        return new SessionSettings(
                applicationName,
                walSenderTimeout,
                third.compareTo(ten) < 0 ? third : ten,
                threeQuarters.compareTo(twelve) > 0 ? threeQuarters : twelve,
                false);
    }

    /**
     * The same, with the form of values.
     *
     * @param asked whether values are asked for in binary form
     * @return other settings
     */
    public SessionSettings binary(boolean asked) {
        return new SessionSettings(applicationName, walSenderTimeout, statusInterval, deadAfter, asked);
    }
}
