package dev.realtime.internal.transaction;

/**
 * A committed transaction, as Begin announces it. Immutable.
 *
 * @param commitLsn the position of its commit record, unsigned
 * @param commitMicros commit time in microseconds since 2000-01-01 00:00 UTC
 * @param xid its number, unsigned
 * @param possibleRedelivery false only where this is certainly the first time that its rows are sent
 */
public record Transaction(long commitLsn, long commitMicros, int xid, boolean possibleRedelivery) {}
