package dev.realtime.internal.pgoutput;

/**
 * {@code I}: a row came to be. Int32 relation id, {@code N}, tuple. Immutable.
 *
 * @param relationId the table's OID
 * @param after the new row
 */
public record InsertMessage(int relationId, Tuple after) implements PgOutputMessage {

    static InsertMessage decode(MessageReader in) {
        int relationId = in.int32();
        in.expect('N');
        return new InsertMessage(relationId, Tuple.decode(in));
    }
}
