package dev.realtime.internal.engine;

import dev.realtime.event.WalRetention;
import java.time.Duration;

/**
 * How much log the server may keep for the slot. Immutable.
 *
 * @param bytes the most
 * @param beyond what is done where it is more
 * @param interval how often it is looked at
 */
public record RetentionBudget(long bytes, WalRetention beyond, Duration interval) {}
