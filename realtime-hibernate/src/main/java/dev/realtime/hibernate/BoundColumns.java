package dev.realtime.hibernate;

import dev.realtime.mapping.Column;
import dev.realtime.mapping.Table;
import dev.realtime.mapping.TableName;
import java.util.List;

/** Where the columns of a mapping stand in one version of its tables. Immutable. */
final class BoundColumns {

    private final Table table;
    private final ShapeTables tables;
    private final List<TableColumn> columns;
    private final int[] positions;

    BoundColumns(Table table, ShapeTables tables, List<TableColumn> columns) {
        this.table = table;
        this.tables = tables;
        this.columns = columns;
        this.positions = columns.stream()
                .mapToInt(column -> table.position(column.table(), column.name()))
                .toArray();
    }

    /** For each ordinal the position in the table, or -1. Not to be changed. */
    int[] positions() {
        return positions;
    }

    int position(int ordinal) {
        return positions[ordinal];
    }

    Column column(int ordinal) {
        return table.columns().get(positions[ordinal]);
    }

    String describe(int ordinal) {
        TableColumn column = columns.get(ordinal);
        TableName name = column.table() == 0
                ? table.name()
                : tables.parts().get(column.table()).name();
        String described = name + ".\"" + column.name() + '"';
        return positions[ordinal] < 0
                ? described
                : described + " (" + column(ordinal).type().name() + ")";
    }
}
