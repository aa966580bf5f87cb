package dev.realtime.internal.engine;

import dev.realtime.error.RealtimeException;
import dev.realtime.internal.pgoutput.PgOutputDecoder;
import dev.realtime.internal.pgoutput.PgOutputEncoder;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.transaction.RowChange;
import java.nio.ByteBuffer;

/**
 * A table and a change of it as bytes: Int8 version (1; 2 where it is made of the rows of several
 * tables), then the Relation and the row's message as PostgreSQL sends them (manual, section 54.9), each behind its length
 * as an Int32. All that is needed to decode the row as it was then, however
 * the table is changed meanwhile. Immutable.
 *
 * @param relation the table
 * @param message the change
 * @param madeOfSeveral whether the relation is one of our own making, for an entity that is spread over several tables
 */
record ParkedRow(Relation relation, PgOutputMessage message, boolean madeOfSeveral) {

    private static final int OF_ONE_TABLE = 1;
    private static final int OF_SEVERAL_TABLES = 2;

    static byte[] encode(RowChange change, boolean madeOfSeveral) {
        byte[] relation = PgOutputEncoder.encode(change.relation());
        byte[] message = PgOutputEncoder.encode(change.message());
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES + relation.length + message.length)
                .put((byte) (madeOfSeveral ? OF_SEVERAL_TABLES : OF_ONE_TABLE))
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
        int version = in.remaining() < 1 ? 0 : in.get();
        if (version != OF_ONE_TABLE && version != OF_SEVERAL_TABLES) {
            throw new RealtimeException(
                    "The payload of a dead letter is of another version of this library than 1 or 2");
        }
        return new ParkedRow((Relation) next(in, lsn), next(in, lsn), version == OF_SEVERAL_TABLES);
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
