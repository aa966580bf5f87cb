package dev.realtime.internal.bus;

/**
 * The bounds of a subscription's queue: what comes first counts. Immutable.
 *
 * @param changes how many changes it holds
 * @param bytes how many bytes of rows it holds, roughly
 */
public record QueueLimits(int changes, long bytes) {}
