package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.mapping.EntityLayout;
import java.util.List;

/**
 * A layout of a registered entity, and its tables as they were found. Immutable.
 *
 * @param layout the layout
 * @param tables its tables, in the same order
 * @param <T> the entity
 */
public record RegisteredLayout<T>(EntityLayout<T> layout, List<RegisteredTable> tables) {

    /** A layout. */
    public RegisteredLayout {
        tables = List.copyOf(tables);
    }

    /** Whether an entity is spread over several tables. */
    boolean isSpread() {
        return tables.size() > 1;
    }

    /** Which of its tables a relation is; -1 for none. */
    int table(Relation relation) {
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).is(relation)) {
                return i;
            }
        }
        return -1;
    }
}
