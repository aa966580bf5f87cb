package dev.realtime.internal.binding;

import java.time.Instant;

/** The replication protocol's clock: microseconds since 2000-01-01 00:00 UTC (manual, section 54.4). */
final class ServerTime {

    private static final long EPOCH_SECOND = 946_684_800L;
    private static final long MICROS_A_SECOND = 1_000_000L;

    private ServerTime() {}

    static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(
                EPOCH_SECOND + Math.floorDiv(micros, MICROS_A_SECOND), Math.floorMod(micros, MICROS_A_SECOND) * 1_000L);
    }
}
