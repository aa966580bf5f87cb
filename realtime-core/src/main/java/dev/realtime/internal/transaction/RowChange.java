package dev.realtime.internal.transaction;

import dev.realtime.internal.pgoutput.DeleteMessage;
import dev.realtime.internal.pgoutput.InsertMessage;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.UpdateMessage;

/**
 * A row message in its place: the transaction it belongs to, its ordinal there, the relation as it was then. Immutable.
 *
 * @param transaction the transaction
 * @param ordinal which row change of the transaction it is, counted from 0; of a Truncate each relation takes one
 * @param relation the table
 * @param message an Insert, Update, Delete or Truncate
 */
public record RowChange(Transaction transaction, long ordinal, Relation relation, PgOutputMessage message) {

    /**
     * How much it takes in memory.
     *
     * @return the bytes of its tuples
     */
    public int size() {
        if (message instanceof InsertMessage insert) {
            return insert.after().size();
        }
        if (message instanceof UpdateMessage update) {
            return update.after().size()
                    + (update.before() == null ? 0 : update.before().tuple().size());
        }
        return message instanceof DeleteMessage delete ? delete.before().tuple().size() : 0;
    }
}
