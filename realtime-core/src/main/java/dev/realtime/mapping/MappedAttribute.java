package dev.realtime.mapping;

import java.util.List;
import java.util.Objects;

/**
 * An attribute of an entity and the columns it lies in. It is known in a row exactly where all of them are. Immutable.
 *
 * @param name the attribute's name in the entity
 * @param id whether it is the id or a part of it
 * @param columns the positions of its columns in {@link Table#columns()}; empty where no row of this table can tell it
 */
public record MappedAttribute(String name, boolean id, List<Integer> columns) {

    /** An attribute. */
    public MappedAttribute {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
    }
}
