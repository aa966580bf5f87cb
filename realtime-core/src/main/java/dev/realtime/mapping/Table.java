package dev.realtime.mapping;

import java.util.List;
import java.util.Objects;

/**
 * One version of a table as the stream describes it: it changes when the table does. Where an entity is spread over
 * several tables, those of them that a change concerns, side by side. Immutable.
 *
 * @param name its name, with its schema; of several tables, the first one's
 * @param columns its published columns; a {@link Row}'s positions are positions in this list
 */
public record Table(TableName name, List<Column> columns) {

    /** A table. */
    public Table {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
    }

    /**
     * Where a column of the only table, or of the first, stands.
     *
     * @param column its name as PostgreSQL's catalogue holds it
     * @return its position in {@link #columns()}, or -1 where the stream does not carry it
     */
    public int position(String column) {
        return position(0, column);
    }

    /**
     * Where a column stands.
     *
     * @param table the position of its table in {@link EntityLayout#tables()}
     * @param column its name as PostgreSQL's catalogue holds it
     * @return its position in {@link #columns()}, or -1 where the stream does not carry it
     */
    public int position(int table, String column) {
        for (int i = 0; i < columns.size(); i++) {
            Column each = columns.get(i);
            if (each.table() == table && each.name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Whether there is a column of a table.
     *
     * @param table its position in {@link EntityLayout#tables()}
     * @return true where the change concerns it; of the first, true where the columns of the id are there
     */
    public boolean has(int table) {
        return columns.stream().anyMatch(column -> column.table() == table);
    }
}
