package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.OldTuple;
import dev.realtime.internal.pgoutput.Tuple;
import dev.realtime.internal.pgoutput.UpdateMessage;
import dev.realtime.internal.transaction.RowChange;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rows of two changes of one entity know of it. */
final class Coverage {

    private Coverage() {}

    /**
     * Whether every column that the earlier change knows is known to the later one.
     *
     * @param spread whether the rows are made of those of the tables that each change concerns
     */
    static boolean covers(RowChange later, RowChange earlier, boolean spread) {
        if (later.message() instanceof UpdateMessage && spread && !hasColumnsOf(later, earlier)) {
            return false;
        }
        if (!(later.message() instanceof UpdateMessage update) || isWhole(update.before())) {
            return true;
        }
        Tuple after = update.after();
        boolean sameTable = later.relation().equals(earlier.relation());
        for (int column = 0; column < after.columnCount(); column++) {
            if (after.isUnchanged(column) && !(sameTable && isUnknown(earlier, column))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasColumnsOf(RowChange later, RowChange earlier) {
        Set<String> names = new HashSet<>();
        later.relation().columns().forEach(column -> names.add(column.name()));
        return earlier.relation().columns().stream().allMatch(column -> names.contains(column.name()));
    }

    private static boolean isUnknown(RowChange change, int column) {
        return change.message() instanceof UpdateMessage update
                && !isWhole(update.before())
                && update.after().isUnchanged(column);
    }

    private static boolean isWhole(@Nullable OldTuple old) {
        return old != null && old.whole();
    }
}
