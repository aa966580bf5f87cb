package dev.realtime.faultbed.proxy;

import java.nio.ByteBuffer;

/**
 * A client's word on how far it is: Standby Status Update (PostgreSQL manual, section 54.4), {@code 'r'}, Int64 write, Int64
 * flush, Int64 apply, Int64 clock, Byte1 reply requested. Positions are unsigned: compare them with
 * {@link Long#compareUnsigned}. Immutable.
 *
 * @param slot the replication slot that the connection streams from
 * @param write the last position received
 * @param flush the position up to which the server may forget; 0 says nothing
 * @param apply the position applied
 * @param clock the client's clock, microseconds since 2000-01-01
 * @param replyRequested whether the server is to answer at once
 * @param seenAtNanos when the proxy saw it, as {@link System#nanoTime}
 */
public record StatusUpdate(
        String slot, long write, long flush, long apply, long clock, boolean replyRequested, long seenAtNanos) {

    static final int LENGTH = 34;

    static StatusUpdate parse(String slot, ByteBuffer payload) {
        payload.get();
        return new StatusUpdate(
                slot,
                payload.getLong(),
                payload.getLong(),
                payload.getLong(),
                payload.getLong(),
                payload.get() != 0,
                System.nanoTime());
    }
}
