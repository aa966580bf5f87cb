package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.RelationColumn;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.mapping.TableName;
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
    private final Map<Integer, List<EntityBinding<?>>> byRelation = new HashMap<>();
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
    }

    /**
     * A session begins: relations come anew.
     *
     * @param systemIdentifier the server's, for event ids
     */
    public void sessionStarted(String systemIdentifier) {
        this.systemIdentifier = systemIdentifier;
        byRelation.clear();
    }

    /**
     * The types of a relation that have to be asked of the server before it is {@linkplain #bind bound}.
     *
     * @param relation a relation
     * @return OIDs; empty where no entity lies in the relation, or all are known
     */
    public Set<Integer> unknownTypes(Relation relation) {
        Set<Integer> unknown = new LinkedHashSet<>();
        if (!entitiesIn(relation).isEmpty()) {
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
        List<EntityBinding<?>> bound = new ArrayList<>();
        for (RegisteredEntity<?> entity : entitiesIn(relation)) {
            bound.add(EntityBinding.of(entity, relation, types, catalog, systemIdentifier));
        }
        byRelation.put(relation.id(), List.copyOf(bound));
    }

    /**
     * A change for each entity that lies in its table; most often one, or none.
     *
     * @param change the change
     * @return what subscriptions make events of
     */
    public List<EntityBinding<?>> of(RowChange change) {
        return byRelation.getOrDefault(change.relation().id(), List.of());
    }

    /** By the table's OID, for it may be renamed; by its name too, for it may be dropped and made anew. */
    private List<RegisteredEntity<?>> entitiesIn(Relation relation) {
        TableName table = new TableName(relation.schema(), relation.name());
        return entities.stream()
                .filter(entity ->
                        entity.tableOid() == relation.id() || entity.table().equals(table))
                .toList();
    }
}
