package dev.realtime.hibernate;

import dev.realtime.mapping.Column;
import dev.realtime.mapping.Table;
import java.util.List;

/** Where the columns of a mapping stand in one version of its table. Immutable. */
final class BoundColumns {

    private final Table table;
    private final List<String> names;
    private final int[] positions;

    BoundColumns(Table table, List<String> names) {
        this.table = table;
        this.names = names;
        this.positions = names.stream().mapToInt(table::position).toArray();
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
        String column = table.name() + ".\"" + names.get(ordinal) + '"';
        return positions[ordinal] < 0
                ? column
                : column + " (" + column(ordinal).type().name() + ")";
    }
}
