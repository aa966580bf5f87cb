package dev.realtime.internal.replication;

/**
 * A piece of the log: for logical decoding, one message of the output plugin. The position is that of the log record it
 * stems from, which is neither unique nor ordered, and 0 for some. The bytes are the driver's own copy, made for this
 * record alone, and may be kept; nobody may write to them. Immutable.
 *
 * @param lsn the position, unsigned
 * @param serverClockMicros the server's clock, microseconds since 2000-01-01 00:00 UTC
 * @param bytes the whole message; the payload starts at {@link #offset()} and reaches to the end
 */
public record XLogData(long lsn, long serverClockMicros, byte[] bytes) implements WalRecord {

    static final int HEADER_LENGTH = 25;

    /**
     * Where the payload starts.
     *
     * @return the index of its first byte in {@link #bytes()}
     */
    public int offset() {
        return HEADER_LENGTH;
    }

    /**
     * How long the payload is.
     *
     * @return its length in bytes
     */
    public int length() {
        return bytes.length - HEADER_LENGTH;
    }
}
