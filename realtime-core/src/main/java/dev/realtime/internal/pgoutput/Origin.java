package dev.realtime.internal.pgoutput;

/**
 * {@code O}: the transaction was replicated from another server; sent right after Begin. Int64 commit LSN there, String
 * name. Immutable.
 *
 * @param commitLsn the position of the commit record on that server, unsigned
 * @param name the replication origin's name
 */
public record Origin(long commitLsn, String name) implements PgOutputMessage {

    static Origin decode(MessageReader in) {
        return new Origin(in.int64(), in.string());
    }
}
