package dev.realtime.internal.replication;

/**
 * The server's sign of life. Everything it had to send up to its position has been sent before it. Immutable.
 *
 * @param walEnd how far the server has read its log, unsigned
 * @param serverClockMicros the server's clock, microseconds since 2000-01-01 00:00 UTC
 * @param replyRequested whether the server wants a status now, because it is about to give up or to shut down
 */
public record Keepalive(long walEnd, long serverClockMicros, boolean replyRequested) implements WalRecord {}
