package dev.realtime.internal.pgoutput;

import org.jspecify.annotations.Nullable;

/**
 * {@code U}: a row changed. Int32 relation id, then {@code K} and a tuple of the old key, or {@code O} and the whole old
 * row, or neither; then {@code N} and the new row. Immutable.
 *
 * @param relationId the table's OID
 * @param before what was sent of the old row
 * @param after the new row; a large value that did not change may be absent from it under every replica identity
 */
public record UpdateMessage(int relationId, @Nullable OldTuple before, Tuple after) implements PgOutputMessage {

    static UpdateMessage decode(MessageReader in) {
        int relationId = in.int32();
        int mark = in.int8();
        OldTuple before = null;
        if (mark == 'K' || mark == 'O') {
            before = new OldTuple(mark == 'O', Tuple.decode(in));
            mark = in.int8();
        }
        if (mark != 'N') {
            throw in.malformed("a tuple is marked " + MessageReader.hex(mark) + ", none of K, O, N");
        }
        return new UpdateMessage(relationId, before, Tuple.decode(in));
    }
}
