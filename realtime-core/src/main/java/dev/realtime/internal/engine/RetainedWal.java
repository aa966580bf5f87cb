package dev.realtime.internal.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much log the server kept for the slot when it was last asked. Immutable.
 *
 * @param bytes how much
 * @param isOverBudget whether that is more than it may
 * @param walStatus what the server says of it
 * @param safeBytes how much more can be written before the slot may be given up; null where the server sets no limit
 * @param at when it was asked, by the clock of this machine
 */
public record RetainedWal(
        long bytes,
        boolean isOverBudget,
        String walStatus,
        @Nullable Long safeBytes,
        Instant at) {}
