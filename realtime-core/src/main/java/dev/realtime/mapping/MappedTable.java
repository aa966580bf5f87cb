package dev.realtime.mapping;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A table of an {@link EntityLayout}. The names of columns are as PostgreSQL's catalogue holds them. Immutable.
 *
 * @param name its name; the schema is null where the mapping does not say
 * @param columns every column that an attribute lies in, that tells the class of a row, or that is part of the key
 * @param idColumns the columns of the key, in the order of the entity's id: the same in every table of a layout
 * @param classColumns the columns that tell whether a row is of the entity at all; empty where each row is
 * @param optional whether an entity may be without a row of the table, and its attributes there are null then
 */
public record MappedTable(
        TableName name, Set<String> columns, List<String> idColumns, Set<String> classColumns, boolean optional) {

    /** A table. */
    public MappedTable {
        Objects.requireNonNull(name, "name");
        columns = Set.copyOf(columns);
        idColumns = List.copyOf(idColumns);
        classColumns = Set.copyOf(classColumns);
    }

    /**
     * A table of which each row is an entity.
     *
     * @param name its name; the schema is null where the mapping does not say
     * @param columns every column that an attribute lies in
     * @param idColumns the columns of the key
     */
    public MappedTable(TableName name, Set<String> columns, List<String> idColumns) {
        this(name, columns, idColumns, Set.of(), false);
    }
}
