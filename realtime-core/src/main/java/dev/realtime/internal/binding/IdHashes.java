package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.DeleteMessage;
import dev.realtime.internal.pgoutput.InsertMessage;
import dev.realtime.internal.pgoutput.OldTuple;
import dev.realtime.internal.pgoutput.Tuple;
import dev.realtime.internal.pgoutput.UpdateMessage;
import dev.realtime.internal.transaction.RowChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The id of a changed row before and after the change, as numbers: equal ids, as PostgreSQL writes them, have equal
 * numbers. Immutable.
 *
 * @param before of the row that was
 * @param after of the row that is
 */
public record IdHashes(int before, int after) {

    /** Null where the change may concern any row: a Truncate, or where the old id is not known to be the new one. */
    static @Nullable IdHashes of(RowChange change, List<BoundAttribute> id) {
        if (change.message() instanceof InsertMessage insert) {
            return same(insert.after(), null, id);
        }
        if (!isInIdentity(change, id)) {
            return null; // an update may have changed the id without telling it
        }
        if (change.message() instanceof UpdateMessage update) {
            OldTuple old = update.before();
            if (old == null) {
                return same(update.after(), null, id);
            }
            Integer before = hash(old.tuple(), null, id);
            Integer after = hash(update.after(), old.tuple(), id);
            return before == null || after == null ? null : new IdHashes(before, after);
        }
        return change.message() instanceof DeleteMessage delete
                ? same(delete.before().tuple(), null, id)
                : null;
    }

    private static boolean isInIdentity(RowChange change, List<BoundAttribute> id) {
        for (BoundAttribute attribute : id) {
            for (int column : attribute.columns()) {
                if (!change.relation().columns().get(column).identity()) {
                    return false;
                }
            }
        }
        return true;
    }

    private static @Nullable IdHashes same(Tuple tuple, @Nullable Tuple unchanged, List<BoundAttribute> id) {
        Integer hash = hash(tuple, unchanged, id);
        return hash == null ? null : new IdHashes(hash, hash);
    }

    /** Null where a value was not sent. */
    private static @Nullable Integer hash(Tuple tuple, @Nullable Tuple unchanged, List<BoundAttribute> id) {
        int hash = 1;
        for (BoundAttribute attribute : id) {
            for (int column : attribute.columns()) {
                Tuple sent = tuple.isUnchanged(column) ? unchanged : tuple;
                if (sent == null || sent.isUnchanged(column)) {
                    return null;
                }
                hash = 31 * hash + (sent.isNull(column) ? 0 : hash(sent, column));
            }
        }
        return hash;
    }

    private static int hash(Tuple tuple, int column) {
        int hash = 1;
        int end = tuple.offset(column) + tuple.length(column);
        for (int i = tuple.offset(column); i < end; i++) {
            hash = 31 * hash + tuple.bytes()[i];
        }
        return hash;
    }
}
