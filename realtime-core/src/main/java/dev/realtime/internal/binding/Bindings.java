package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.RelationColumn;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bindings of one session: relation to the entities that lie in it. Confined to the reader thread. */
public final class Bindings {

    private final List<RegisteredEntity<?>> entities;
    private final TypeRegistry types;
    private final List<SpreadLayout<?>> spread = new ArrayList<>();
    private final Map<Integer, BoundTable> byRelation = new HashMap<>();
    private TypeCatalog catalog;
    private String systemIdentifier = "";

    /**
     * No bindings yet.
     *
     * @param entities what the application registered
     * @param types the decoders
     * @param catalog the types that are known without asking
     */
    public Bindings(List<RegisteredEntity<?>> entities, TypeRegistry types, TypeCatalog catalog) {
        this.entities = List.copyOf(entities);
        this.types = types;
        this.catalog = catalog;
        this.entities.forEach(this::addSpread);
    }

    private <T> void addSpread(RegisteredEntity<T> entity) {
        for (RegisteredLayout<T> layout : entity.layouts()) {
            if (layout.isSpread()) {
                spread.add(new SpreadLayout<>(entity, layout, this::bindSpread));
            }
        }
    }

    /**
     * A session begins: relations come anew.
     *
     * @param systemIdentifier the server's, for event ids
     */
    public void sessionStarted(String systemIdentifier) {
        this.systemIdentifier = systemIdentifier;
        byRelation.clear();
        spread.forEach(SpreadLayout::forget);
    }

    /**
     * The types of a relation that have to be asked of the server before it is {@linkplain #bind bound}.
     *
     * @param relation a relation
     * @return OIDs; empty where no entity lies in the relation, or all are known
     */
    public Set<Integer> unknownTypes(Relation relation) {
        Set<Integer> unknown = new LinkedHashSet<>();
        if (entities.stream().anyMatch(entity -> liesIn(entity, relation))) {
            for (RelationColumn column : relation.columns()) {
                if (!catalog.knows(column.typeOid())) {
                    unknown.add(column.typeOid());
                }
            }
        }
        return unknown;
    }

    /**
     * What the server said of types.
     *
     * @param catalog replaces what was known
     */
    public void learn(TypeCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The types that are known.
     *
     * @return the catalogue
     */
    public TypeCatalog catalog() {
        return catalog;
    }

    /**
     * Marries a relation to the entities that lie in it, in place of what was bound to its id before.
     *
     * Where an entity cannot be married to it, each of its changes fails with the reason, and the others go on.
     *
     * @param relation a relation
     */
    public void bind(Relation relation) {
        List<InTable> bound = new ArrayList<>();
        for (RegisteredEntity<?> entity : entities) {
            bind(entity, relation, bound);
        }
        byRelation.put(relation.id(), new BoundTable(bound));
    }

    private <T> void bind(RegisteredEntity<T> entity, Relation relation, List<InTable> bound) {
        for (RegisteredLayout<T> layout : entity.layouts()) {
            if (!layout.isSpread() && layout.table(relation) == 0) {
                bound.add(Marriage.of(entity, layout, relation, types, catalog, systemIdentifier));
            }
        }
        for (SpreadLayout<?> each : spread) {
            int table = each.entityIndex() == entity.index() ? each.registered().table(relation) : -1;
            if (table >= 0) {
                each.forget();
                bound.add(SpreadTable.of(each, table, relation));
            }
        }
    }

    private <T> EntityBinding<T> bindSpread(SpreadLayout<T> layout, Relation made) {
        return Marriage.of(layout, made, types, catalog, systemIdentifier);
    }

    /**
     * The entities that a row is by itself.
     *
     * @param change the row's change
     * @return what subscriptions make events of; most often one, or none
     */
    public List<EntityBinding<?>> of(RowChange change) {
        return table(change).entities(change);
    }

    /**
     * Who lies in the table of a change.
     *
     * @param change the change
     * @return most often one entity, or none
     */
    public BoundTable table(RowChange change) {
        return byRelation.getOrDefault(change.relation().id(), BoundTable.NOBODYS);
    }

    /**
     * Binds a change that was bound before, and put aside since.
     *
     * @param change the change
     * @param madeOfSeveral whether its relation is one of our own making, that of an entity which is spread over several
     *     tables
     * @return it for each entity whose change it is
     */
    public List<BoundChange<?>> again(RowChange change, boolean madeOfSeveral) {
        List<BoundChange<?>> changes = new ArrayList<>();
        if (madeOfSeveral) {
            for (SpreadLayout<?> layout : spread) {
                if (layout.registered().table(change.relation()) == 0) {
                    changes.add(new BoundChange<>(bindSpread(layout, change.relation()), change));
                }
            }
            return changes;
        }
        bind(change.relation());
        for (EntityBinding<?> binding : of(change)) {
            changes.add(new BoundChange<>(binding, change));
        }
        return changes;
    }

    private static boolean liesIn(RegisteredEntity<?> entity, Relation relation) {
        return entity.layouts().stream().anyMatch(layout -> layout.table(relation) >= 0);
    }
}
