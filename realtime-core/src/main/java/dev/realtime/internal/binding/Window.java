package dev.realtime.internal.binding;

import dev.realtime.internal.transaction.RowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one transaction that become one change of a spread entity. It stands where its first row does, and what comes
 * behind that waits until it is closed. Confined to the reader thread.
 *
 * @param <T> the entity
 */
final class Window<T> implements Held {

    private final SpreadLayout<T> layout;
    private final RowChange first;
    private final TreeMap<Integer, SpreadRow> rows = new TreeMap<>();
    private final @Nullable RowKey key;
    private boolean closed;

    Window(SpreadLayout<T> layout, RowChange first, @Nullable RowKey key) {
        this.layout = layout;
        this.first = first;
        this.key = key;
    }

    SpreadLayout<T> layout() {
        return layout;
    }

    /** Null where the row does not tell it: then it stays alone. */
    @Nullable
    RowKey key() {
        return key;
    }

    @Override
    public long ordinal() {
        return first.ordinal();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** Whether a row goes on with the same change: of a table that was not seen, and no end of what changed, nor the reverse. */
    boolean takes(SpreadRow row) {
        if (rows.containsKey(row.in().table())) {
            return false;
        }
        return row.endsEntity()
                ? rows.values().stream().allMatch(SpreadRow::isDelete)
                : row.isDelete() || rows.values().stream().noneMatch(SpreadRow::endsEntity);
    }

    void add(SpreadRow row) {
        rows.put(row.in().table(), row);
        Set<Integer> seen = rows.keySet();
        closed = key == null || layout.isComplete(seen);
    }

    @Override
    public void give(Composition.Output output) {
        List<SpreadRow> all = new ArrayList<>(rows.values());
        BoundChange<T> change = layout.change(all, first);
        if (change.binding().concerns(change.change())) {
            output.row(List.of(change.binding()), change.change());
        }
    }
}
