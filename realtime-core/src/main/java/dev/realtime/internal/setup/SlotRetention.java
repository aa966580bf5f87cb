package dev.realtime.internal.setup;

import dev.realtime.wal.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * How much log the server keeps for a slot (manual, section 53.20, {@code pg_replication_slots}). Immutable.
 *
 * @param bytes from the oldest position that the slot needs to the end of the log; 0 where the slot was given up
 * @param end the end of the log
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param safeBytes how much more can be written before the slot may be given up; null where the server sets no limit
 */
public record SlotRetention(
        long bytes, Lsn end, String walStatus, @Nullable Long safeBytes) {}
