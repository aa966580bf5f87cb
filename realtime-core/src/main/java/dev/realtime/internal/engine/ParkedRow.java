package dev.realtime.internal.engine;

import dev.realtime.error.RealtimeException;
import dev.realtime.internal.pgoutput.PgOutputDecoder;
import dev.realtime.internal.pgoutput.PgOutputEncoder;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.transaction.RowChange;
import java.nio.ByteBuffer;

/**
 * A table and a change of it as bytes: Int8 version (1), then the Relation and the row's message as PostgreSQL sends them
 * (manual, section 54.9), each behind its length as an Int32. All that is needed to decode the row as it was then, however
 * the table is changed meanwhile. Immutable.
 *
 * @param relation the table
 * @param message the change
 */
record ParkedRow(Relation relation, PgOutputMessage message) {

    private static final int VERSION = 1;

    static byte[] encode(RowChange change) {
        byte[] relation = PgOutputEncoder.encode(change.relation());
        byte[] message = PgOutputEncoder.encode(change.message());
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES + relation.length + message.length)
                .put((byte) VERSION)
                .putInt(relation.length)
                .put(relation)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /**
     * @throws RealtimeException where it was not written by this library
     */
    static ParkedRow decode(byte[] payload, long lsn) {
        ByteBuffer in = ByteBuffer.wrap(payload);
        if (in.remaining() < 1 || in.get() != VERSION) {
            throw new RealtimeException("The payload of a dead letter is of another version of this library than 1");
        }
        return new ParkedRow((Relation) next(in, lsn), next(in, lsn));
    }

    private static PgOutputMessage next(ByteBuffer in, long lsn) {
        int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new RealtimeException("The payload of a dead letter is cut off");
        }
        PgOutputMessage message = PgOutputDecoder.decode(in.array(), in.position(), length, lsn);
        in.position(in.position() + length);
        return message;
    }
}
