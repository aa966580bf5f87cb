package dev.realtime.internal.binding;

import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.TableName;
import java.util.List;

/**
 * An entity that the application registered, and the tables it was found in. Immutable.
 *
 * @param index its number among the registered entities, counted from 0
 * @param mapping its mapping
 * @param layouts its layouts, in the mapping's order
 * @param <T> the entity
 */
public record RegisteredEntity<T>(int index, EntityMapping<T> mapping, List<RegisteredLayout<T>> layouts) {

    /** An entity. */
    public RegisteredEntity {
        layouts = List.copyOf(layouts);
    }

    /**
     * An entity that lies in one table.
     *
     * @param index its number
     * @param mapping its mapping
     * @param table its table, with its schema, when the stream began
     * @param tableOid the table's OID, unsigned
     */
    public RegisteredEntity(int index, EntityMapping<T> mapping, TableName table, int tableOid) {
        this(
                index,
                mapping,
                List.of(new RegisteredLayout<>(
                        mapping.layouts().get(0), List.of(new RegisteredTable(table, tableOid)))));
    }
}
