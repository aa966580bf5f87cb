package dev.realtime.internal.pgoutput;

/**
 * {@code M}: what {@code pg_logical_emit_message} wrote. Int8 flags (1: transactional), Int64 LSN, String prefix, Int32
 * length, bytes. One that is not transactional comes at once, outside any transaction. Immutable, as long as nobody
 * writes to the content.
 *
 * @param transactional whether it belongs to the transaction around it
 * @param lsn its position, unsigned
 * @param prefix the prefix it was written with
 * @param content its bytes
 */
public record LogicalMessage(boolean transactional, long lsn, String prefix, byte[] content)
        implements PgOutputMessage {

    static LogicalMessage decode(MessageReader in) {
        int flags = in.int8();
        if ((flags & ~1) != 0) {
            throw in.malformed("its flags are " + flags + ", neither 0 nor 1");
        }
        return new LogicalMessage(flags == 1, in.int64(), in.string(), in.bytes(in.length32("content")));
    }
}
