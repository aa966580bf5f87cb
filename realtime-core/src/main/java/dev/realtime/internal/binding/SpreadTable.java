package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.DeleteMessage;
import dev.realtime.internal.pgoutput.InsertMessage;
import dev.realtime.internal.pgoutput.OldTuple;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.RelationColumn;
import dev.realtime.internal.pgoutput.Tuple;
import dev.realtime.internal.pgoutput.UpdateMessage;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.mapping.MappedTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of one of the tables of a spread entity. Immutable.
 *
 * @param layout the layout
 * @param table the table's position in it
 * @param relation the version
 * @param key where the columns of the key stand; -1 for one that the stream does not carry
 */
record SpreadTable(SpreadLayout<?> layout, int table, Relation relation, int[] key) implements InTable {

    static SpreadTable of(SpreadLayout<?> layout, int table, Relation relation) {
        List<String> names = layout.mapped(table).idColumns();
        int[] key = new int[names.size()];
        for (int i = 0; i < key.length; i++) {
            key[i] = position(relation, names.get(i));
        }
        return new SpreadTable(layout, table, relation, key);
    }

    private static int position(Relation relation, String name) {
        List<RelationColumn> columns = relation.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int entityIndex() {
        return layout.entityIndex();
    }

    MappedTable mapped() {
        return layout.mapped(table);
    }

    /** Which entity a row is of, undecoded; after an update of its key, the new one. Null where the row does not tell. */
    @Nullable
    RowKey key(RowChange change) {
        if (change.message() instanceof InsertMessage insert) {
            return RowKey.of(key, insert.after(), null);
        }
        if (change.message() instanceof UpdateMessage update) {
            return RowKey.of(key, update.after(), before(update.before()));
        }
        return change.message() instanceof DeleteMessage delete
                ? RowKey.of(key, delete.before().tuple(), null)
                : null;
    }

    /** The key before an update that changed it; null where it did not. */
    @Nullable
    RowKey oldKey(RowChange change) {
        Tuple before = change.message() instanceof UpdateMessage update ? before(update.before()) : null;
        RowKey old = before == null ? null : RowKey.of(key, before, null);
        return old == null || old.equals(key(change)) ? null : old;
    }

    private static @Nullable Tuple before(@Nullable OldTuple old) {
        return old == null ? null : old.tuple();
    }
}
