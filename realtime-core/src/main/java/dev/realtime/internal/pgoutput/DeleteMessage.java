package dev.realtime.internal.pgoutput;

/**
 * {@code D}: a row went. Int32 relation id, {@code K} or {@code O}, tuple. Immutable.
 *
 * @param relationId the table's OID
 * @param before what was sent of the row
 */
public record DeleteMessage(int relationId, OldTuple before) implements PgOutputMessage {

    static DeleteMessage decode(MessageReader in) {
        int relationId = in.int32();
        int mark = in.int8();
        if (mark != 'K' && mark != 'O') {
            throw in.malformed("a tuple is marked " + MessageReader.hex(mark) + ", neither K nor O");
        }
        return new DeleteMessage(relationId, new OldTuple(mark == 'O', Tuple.decode(in)));
    }
}
