package dev.realtime.internal.replication;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Writes the status message (manual, section 54.4, "Standby status update", big-endian): {@code 'r'} Int64 written,
 * Int64 flushed, Int64 applied, Int64 clock, Byte1 reply requested. The server keeps no log that lies before the flushed
 * position. Thread-safe.
 */
final class StandbyStatus {

    static final int LENGTH = 34;

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private StandbyStatus() {}

    static byte[] encode(long written, long flushed, Instant now, boolean replyRequested) {
        return ByteBuffer.allocate(LENGTH)
                .put((byte) 'r')
                .putLong(written)
                .putLong(flushed)
                .putLong(flushed)
                .putLong(ChronoUnit.MICROS.between(EPOCH, now))
                .put((byte) (replyRequested ? 1 : 0))
                .array();
    }
}
