package dev.realtime.internal.binding;

import java.time.Instant;

/** The replication protocol's clock: microseconds since 2000-01-01 00:00 UTC (manual, section 54.4). Thread-safe. */
public final class ServerTime {

    private static final long EPOCH_SECOND = 946_684_800L;
    private static final long MICROS_A_SECOND = 1_000_000L;

    private ServerTime() {}

    /**
     * A time of the protocol in Java.
     *
     * @param micros microseconds since 2000-01-01 00:00 UTC
     * @return the same instant
     */
    public static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(
                EPOCH_SECOND + Math.floorDiv(micros, MICROS_A_SECOND), Math.floorMod(micros, MICROS_A_SECOND) * 1_000L);
    }

    /**
     * A time of Java in the protocol.
     *
     * @param instant an instant, to the microsecond
     * @return microseconds since 2000-01-01 00:00 UTC
     */
    public static long toMicros(Instant instant) {
        return (instant.getEpochSecond() - EPOCH_SECOND) * MICROS_A_SECOND + instant.getNano() / 1_000;
    }
}
