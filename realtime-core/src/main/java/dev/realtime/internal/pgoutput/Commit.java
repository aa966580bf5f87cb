package dev.realtime.internal.pgoutput;

/**
 * {@code C}: the transaction is complete. Int8 flags (0), Int64 commit LSN, Int64 end LSN, Int64 commit time. Immutable.
 *
 * @param commitLsn the position of the commit record: what {@link Begin#finalLsn()} said, unsigned
 * @param endLsn the end of the commit record: the only position of the transaction that may be confirmed, unsigned
 * @param commitMicros commit time in microseconds since 2000-01-01 00:00 UTC
 */
public record Commit(long commitLsn, long endLsn, long commitMicros) implements PgOutputMessage {

    static Commit decode(MessageReader in) {
        int flags = in.int8();
        if (flags != 0) {
            throw in.malformed("its flags are " + flags + ", not 0");
        }
        return new Commit(in.int64(), in.int64(), in.int64());
    }
}
