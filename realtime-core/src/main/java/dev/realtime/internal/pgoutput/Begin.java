package dev.realtime.internal.pgoutput;

/**
 * {@code B}: a transaction begins; it is committed already. Int64 final LSN, Int64 commit time, Int32 xid. Immutable.
 *
 * @param finalLsn the position of the transaction's commit record, unsigned
 * @param commitMicros commit time in microseconds since 2000-01-01 00:00 UTC
 * @param xid the transaction's number, unsigned
 */
public record Begin(long finalLsn, long commitMicros, int xid) implements PgOutputMessage {

    static Begin decode(MessageReader in) {
        return new Begin(in.int64(), in.int64(), in.int32());
    }
}
