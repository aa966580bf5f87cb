package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.DeleteMessage;
import dev.realtime.internal.pgoutput.InsertMessage;
import dev.realtime.internal.pgoutput.OldTuple;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Tuple;
import dev.realtime.internal.pgoutput.TupleBuilder;
import dev.realtime.internal.pgoutput.UpdateMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one message of those of an entity's rows. What becomes of the row of the first table becomes of the entity; where
 * that is not among them, the entity changed. The key stands before the columns of the tables.
 */
final class SpreadMessage {

    private SpreadMessage() {}

    /**
     * @param rows in the order of their tables
     * @param relationId of the relation that they make
     */
    static PgOutputMessage of(List<SpreadRow> rows, int relationId) {
        SpreadRow first = rows.get(0);
        if (first.in().table() == 0 && first.isInsert()) {
            return new InsertMessage(relationId, after(rows));
        }
        OldTuple before = before(rows);
        if (first.in().table() == 0 && first.isDelete() && before != null) {
            return new DeleteMessage(relationId, before);
        }
        return new UpdateMessage(relationId, before, after(rows));
    }

    private static Tuple after(List<SpreadRow> rows) {
        TupleBuilder tuple = new TupleBuilder();
        rows.get(0).addKey(false, tuple);
        rows.forEach(row -> row.addAfter(tuple));
        return tuple.build();
    }

    /** Whole where it is so in each table; nothing where nothing was sent of any. */
    private static @Nullable OldTuple before(List<SpreadRow> rows) {
        SpreadRow telling = null;
        boolean whole = true;
        for (SpreadRow row : rows) {
            telling = telling == null && row.old() != null ? row : telling;
            whole &= row.knowsBefore();
        }
        if (telling == null) {
            return null;
        }
        TupleBuilder tuple = new TupleBuilder();
        telling.addKey(true, tuple);
        rows.forEach(row -> row.addBefore(tuple));
        return new OldTuple(whole, tuple.build());
    }
}
