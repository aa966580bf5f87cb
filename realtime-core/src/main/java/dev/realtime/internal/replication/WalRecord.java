package dev.realtime.internal.replication;

/** One message of the stream, unwrapped from its CopyData envelope (manual, section 54.4). Immutable. */
public sealed interface WalRecord permits XLogData, Keepalive {

    /**
     * The server's clock when it sent the record.
     *
     * @return microseconds since 2000-01-01 00:00 UTC
     */
    long serverClockMicros();
}
