package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.TruncateMessage;
import dev.realtime.internal.transaction.RowChange;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rows of entities together that are spread over several tables: one change for each entity, in the place of its
 * first row, behind which all others wait. A change is closed when the tables of its class are seen, when a table and a key
 * come again, when the entity ends, when 256 rows of the transaction have come since, and at its end: by what the
 * transaction holds alone, and so the same at each delivery. No more than 256 rows wait. Confined to the reader thread.
 */
public final class Composition {

    /** So many rows of the transaction, its first one among them, a change may wait for its other rows. */
    static final int LONGEST = 256;

    private final Output output;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final Map<Key, Window<?>> open = new HashMap<>();

    private record Key(SpreadLayout<?> layout, RowKey key) {}

    /** Where whole changes go. */
    @FunctionalInterface
    public interface Output {

        /**
         * Takes the next change.
         *
         * @param entities the entities that it changes
         * @param change the change
         */
        void row(List<EntityBinding<?>> entities, RowChange change);
    }

    /**
     * Nothing waits.
     *
     * @param output takes the changes in their order
     */
    public Composition(Output output) {
        this.output = output;
    }

    /**
     * Whether changes wait for rows to come.
     *
     * @return false also between two transactions
     */
    public boolean isHolding() {
        return !held.isEmpty();
    }

    /**
     * Takes the next row change of the transaction.
     *
     * @param table who lies in its table
     * @param change the change
     */
    public void row(BoundTable table, RowChange change) {
        giveUpTo(change.ordinal() - LONGEST);
        for (InTable each : table.all()) {
            if (each instanceof EntityBinding<?> entity) {
                if (entity.concerns(change)) {
                    held.add(new Held.Row(entity, change));
                }
            } else if (change.message() instanceof TruncateMessage) {
                truncate((SpreadTable) each, change);
            } else {
                part(new SpreadRow((SpreadTable) each, change));
            }
        }
        giveClosed();
    }

    /** The transaction is complete. */
    public void commit() {
        giveUpTo(Long.MAX_VALUE);
    }

    /** The rest of the transaction will not come: what waits for it is let go of, for nobody could say what it became. */
    public void cut() {
        held.clear();
        open.clear();
    }

    private void part(SpreadRow row) {
        SpreadLayout<?> layout = row.in().layout();
        RowKey old = row.in().oldKey(row.change());
        if (old != null) {
            close(open.get(new Key(layout, old)));
        }
        RowKey key = row.in().key(row.change());
        Window<?> window = key == null ? null : open.get(new Key(layout, key));
        if (window == null || !window.takes(row)) {
            close(window);
            window = new Window<>(layout, row.change(), key);
            held.add(window);
            if (key != null) {
                open.put(new Key(layout, key), window);
            }
        }
        window.add(row);
        if (window.isClosed()) {
            close(window);
        }
    }

    /** Every change of the entity before it is closed, and it stands alone. */
    private void truncate(SpreadTable table, RowChange change) {
        for (Window<?> window : List.copyOf(open.values())) {
            if (window.layout() == table.layout()) {
                close(window);
            }
        }
        Window<?> alone = new Window<>(table.layout(), change, null);
        alone.add(new SpreadRow(table, change));
        held.add(alone);
    }

    private void close(@Nullable Window<?> window) {
        if (window != null) {
            window.close();
            RowKey key = window.key();
            if (key != null) {
                open.remove(new Key(window.layout(), key), window);
            }
        }
    }

    private void giveUpTo(long ordinal) {
        for (Iterator<Held> each = held.iterator(); each.hasNext(); ) {
            Held next = each.next();
            if (next.ordinal() > ordinal) {
                break;
            }
            if (next instanceof Window<?> window) {
                close(window);
            }
        }
        giveClosed();
    }

    private void giveClosed() {
        Held next;
        while ((next = held.peek()) != null && next.isClosed()) {
            held.remove();
            next.give(output);
        }
    }
}
