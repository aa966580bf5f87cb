package dev.realtime.internal.setup;

import dev.realtime.mapping.TableName;
import java.util.Objects;
import java.util.Set;

/**
 * A table whose changes are asked for. Immutable.
 *
 * @param entity the entity's name, for messages
 * @param table its table; the schema is null where the mapping does not say
 * @param columns the columns that attributes lie in, as the catalogue holds them
 * @param idColumns the columns of the id, a part of the above
 * @param classColumns the columns that tell whether a row is of the entity, a part of the above; empty where each row is
 * @param fullImages whether updates and deletes must carry the whole old row: {@code REPLICA IDENTITY FULL}
 * @param operations the kinds of change that someone listens to
 */
public record WantedTable(
        String entity,
        TableName table,
        Set<String> columns,
        Set<String> idColumns,
        Set<String> classColumns,
        boolean fullImages,
        Set<Operation> operations) {

    /** A wanted table. */
    public WantedTable {
        Objects.requireNonNull(entity, "entity");
        Objects.requireNonNull(table, "table");
        columns = Set.copyOf(columns);
        idColumns = Set.copyOf(idColumns);
        classColumns = Set.copyOf(classColumns);
        operations = Set.copyOf(operations);
    }

    /**
     * A wanted table of which each row is an entity.
     *
     * @param entity the entity's name
     * @param table its table
     * @param columns the columns that attributes lie in
     * @param idColumns the columns of the id
     * @param fullImages whether updates and deletes must carry the whole old row
     * @param operations the kinds of change that someone listens to
     */
    public WantedTable(
            String entity,
            TableName table,
            Set<String> columns,
            Set<String> idColumns,
            boolean fullImages,
            Set<Operation> operations) {
        this(entity, table, columns, idColumns, Set.of(), fullImages, operations);
    }

    /** Whether a change without the id would be of no use: an insert always carries it. */
    boolean needsIdentity() {
        return operations.contains(Operation.UPDATE) || operations.contains(Operation.DELETE);
    }
}
