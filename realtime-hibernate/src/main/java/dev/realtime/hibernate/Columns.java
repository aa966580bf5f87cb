package dev.realtime.hibernate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.metamodel.mapping.SelectableMapping;

/**
 * The columns that a mapping reads, in the order in which they were met: a column's ordinal is what a {@link Part} knows
 * of it, until the mapping is bound to a version of its tables. Confined to the thread that builds the mapping.
 */
final class Columns {

    private final ShapeTables tables;
    private final Map<TableColumn, Integer> ordinals = new LinkedHashMap<>();

    Columns(ShapeTables tables) {
        this.tables = tables;
    }

    ShapeTables tables() {
        return tables;
    }

    /**
     * @param column as Hibernate renders it
     * @return its ordinal, from 0
     */
    int ordinal(SelectableMapping column) {
        String name = SqlNames.column(column.getSelectionExpression());
        return ordinals.computeIfAbsent(
                tables.column(column.getContainingTableExpression(), name), added -> ordinals.size());
    }

    List<TableColumn> all() {
        return List.copyOf(ordinals.keySet());
    }
}
