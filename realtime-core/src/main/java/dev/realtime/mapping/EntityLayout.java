package dev.realtime.mapping;

import java.util.List;
import java.util.Set;

/**
 * The tables over which an entity is spread: of each at most one row, all with the same key. Thread-safe.
 *
 * @param <T> the entity
 */
public interface EntityLayout<T> {

    /**
     * The tables.
     *
     * @return most often one; where there are several, the one that every entity has a row of comes first
     */
    List<MappedTable> tables();

    /**
     * Which of the tables an entity of each class can lie in.
     *
     * @return for each concrete class the positions in {@link #tables()}, each set once; where there is one table, that one
     *     alone
     */
    default List<Set<Integer>> wholes() {
        return List.of(Set.of(0));
    }

    /**
     * Marries the layout to the columns of one version of its tables, or of those of them that a change concerns. Called
     * once per version, before the first row.
     *
     * @param table the tables as the stream describes them; they may lack columns, or have more than the entity maps. The
     *     columns of the id are there as those of the first table, whichever others are
     * @return what maps their rows
     * @throws dev.realtime.error.MappingException where a column's type cannot become its attribute, or a column that tells
     *     the id or the class is missing
     */
    RowMapper<T> bind(Table table);
}
