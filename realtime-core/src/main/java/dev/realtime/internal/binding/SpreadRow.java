package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.DeleteMessage;
import dev.realtime.internal.pgoutput.InsertMessage;
import dev.realtime.internal.pgoutput.OldTuple;
import dev.realtime.internal.pgoutput.Tuple;
import dev.realtime.internal.pgoutput.TupleBuilder;
import dev.realtime.internal.pgoutput.UpdateMessage;
import dev.realtime.internal.transaction.RowChange;
import org.jspecify.annotations.Nullable;

/**
 * A row of one of the tables of a spread entity, as a part of the entity's row. Immutable.
 *
 * @param in the table
 * @param change the row's change
 */
record SpreadRow(SpreadTable in, RowChange change) {

    boolean isInsert() {
        return change.message() instanceof InsertMessage;
    }

    boolean isDelete() {
        return change.message() instanceof DeleteMessage;
    }

    /** Whether with this row the entity itself goes, or ceases to be of its class. */
    boolean endsEntity() {
        return isDelete() && !in.mapped().optional();
    }

    /** Whether the row before is known whole: a row of an optional table that was not there is one of nulls. */
    boolean knowsBefore() {
        OldTuple old = old();
        return old != null ? old.whole() : isInsert() && in.mapped().optional();
    }

    @Nullable
    OldTuple old() {
        if (change.message() instanceof UpdateMessage update) {
            return update.before();
        }
        return change.message() instanceof DeleteMessage delete ? delete.before() : null;
    }

    private @Nullable Tuple after() {
        if (change.message() instanceof InsertMessage insert) {
            return insert.after();
        }
        return change.message() instanceof UpdateMessage update ? update.after() : null;
    }

    /** Its columns after the change; those of a row that went are null, or not known where the entity is not without it. */
    void addAfter(TupleBuilder to) {
        addAll(after(), in.mapped().optional(), to);
    }

    /** Its columns before the change. */
    void addBefore(TupleBuilder to) {
        OldTuple old = old();
        addAll(old == null ? null : old.tuple(), isInsert() && in.mapped().optional(), to);
    }

    private void addAll(@Nullable Tuple tuple, boolean nullsInstead, TupleBuilder to) {
        for (int i = 0; i < in.relation().columns().size(); i++) {
            if (tuple != null) {
                to.add(tuple, i);
            } else if (nullsInstead) {
                to.addNull();
            } else {
                to.addUnsent();
            }
        }
    }

    /** The columns of its key after the change, or before it. */
    void addKey(boolean before, TupleBuilder to) {
        OldTuple old = old();
        Tuple after = after();
        Tuple first = before && old != null || after == null ? tuple(old) : after;
        Tuple second = after == null ? tuple(old) : after;
        for (int column : in.key()) {
            if (column < 0 || first == null) {
                to.addUnsent();
            } else {
                to.add(first.isUnchanged(column) && second != null ? second : first, column);
            }
        }
    }

    private static @Nullable Tuple tuple(@Nullable OldTuple old) {
        return old == null ? null : old.tuple();
    }
}
