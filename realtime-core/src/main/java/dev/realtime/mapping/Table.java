package dev.realtime.mapping;

import java.util.List;
import java.util.Objects;

/**
 * One version of a table as the stream describes it: it changes when the table does. Immutable.
 *
 * @param name its name, with its schema
 * @param columns its published columns; a {@link Row}'s positions are positions in this list
 */
public record Table(TableName name, List<Column> columns) {

    /** A table. */
    public Table {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
    }

    /**
     * Where a column stands.
     *
     * @param column its name as PostgreSQL's catalogue holds it
     * @return its position in {@link #columns()}, or -1 where the stream does not carry it
     */
    public int position(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }
}
