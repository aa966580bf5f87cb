package dev.realtime.internal.binding;

import dev.realtime.internal.transaction.RowChange;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of a table, and who lies in it: entities of which each row is one, and entities that are spread over several
 * tables. Immutable.
 */
public final class BoundTable {

    /** A table in which nobody lies. */
    static final BoundTable NOBODYS = new BoundTable(List.of());

    private final List<InTable> all;
    private final List<EntityBinding<?>> entities;
    private final boolean selective;

    /**
     * @param all in the order of the entities' numbers
     */
    BoundTable(List<InTable> all) {
        this.all = List.copyOf(all);
        List<EntityBinding<?>> each = new ArrayList<>();
        for (InTable one : all) {
            if (one instanceof EntityBinding<?> entity) {
                each.add(entity);
            }
        }
        this.entities = List.copyOf(each);
        this.selective = entities.stream().anyMatch(EntityBinding::isSelective);
    }

    /**
     * Whether an entity lies in it that is spread over several tables.
     *
     * @return true where its rows have to be put together with others
     */
    public boolean hasSpread() {
        return entities.size() < all.size();
    }

    List<InTable> all() {
        return all;
    }

    /**
     * The entities that a row of it is by itself; most often one, or none.
     *
     * @param change the row's change
     * @return what subscriptions make events of
     */
    public List<EntityBinding<?>> entities(RowChange change) {
        if (!selective) {
            return entities;
        }
        List<EntityBinding<?>> changed = new ArrayList<>();
        for (EntityBinding<?> entity : entities) {
            if (entity.concerns(change)) {
                changed.add(entity);
            }
        }
        return changed;
    }
}
