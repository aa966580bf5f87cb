package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.internal.setup.Operation;
import dev.realtime.internal.setup.WantedTable;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.EntityMappings;
import dev.realtime.mapping.MappedTable;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The registered entities and what is wanted of them. To be used by one thread at a time. */
final class EntitySelection {

    private final Set<Class<?>> registered;
    private final Set<Class<?>> fullImages = new LinkedHashSet<>();
    private final Set<Class<?>> lookedUp = new HashSet<>();
    private final Map<Class<?>, String> deletedBy = new HashMap<>();
    private @Nullable EntityMappings mappings;

    EntitySelection(List<Class<?>> registered) {
        if (registered.isEmpty()) {
            throw new ConfigurationException("No entity is registered: name at least one class");
        }
        this.registered = new LinkedHashSet<>(registered);
    }

    void mappings(EntityMappings source) {
        mappings = source;
    }

    void requireRegistered(Class<?> entity) {
        if (!registered.contains(entity)) {
            throw new ConfigurationException(
                    entity.getName() + " is not registered: add it to register(...); registered are " + names());
        }
    }

    void fullImages(List<Class<?>> wanted) {
        wanted.forEach(this::requireRegistered);
        fullImages.addAll(wanted);
    }

    void lookUpClasses(List<Class<?>> wanted) {
        wanted.forEach(this::requireRegistered);
        lookedUp.addAll(wanted);
    }

    void softDelete(Class<?> entity, String attribute) {
        requireRegistered(entity);
        deletedBy.put(entity, attribute);
    }

    /** Their mappings, in the order in which they were registered. */
    List<EntityMapping<?>> mapped() {
        EntityMappings source = mappings;
        if (source == null) {
            throw new ConfigurationException("No mappings: say where they come from with from(entityManagerFactory)");
        }
        return registered.stream()
                .<EntityMapping<?>>map(entity -> mapping(source, entity))
                .toList();
    }

    private <T> EntityMapping<T> mapping(EntityMappings source, Class<T> entity) {
        EntityMapping<T> mapping = (lookedUp.contains(entity) ? source.lookingUpClasses() : source)
                .of(entity)
                .orElseThrow(
                        () -> new ConfigurationException(
                                entity.getName()
                                        + " is not an entity of this persistence unit: is it annotated with @Entity and listed there?"));
        String mark = deletedBy.get(entity);
        return mark == null ? mapping : SoftDeleted.by(mark, mapping);
    }

    /** Their tables, in the same order: of each entity those of its layouts, one after the other. */
    List<WantedTable> wanted() {
        return mapped().stream()
                .flatMap(mapping -> mapping.layouts().stream()
                        .flatMap(layout -> layout.tables().stream())
                        .map(table -> wanted(mapping, table)))
                .toList();
    }

    private WantedTable wanted(EntityMapping<?> mapping, MappedTable table) {
        return new WantedTable(
                mapping.entityName(),
                table.name(),
                table.columns(),
                Set.copyOf(table.idColumns()),
                table.classColumns(),
                fullImages.contains(mapping.entityType()),
                EnumSet.allOf(Operation.class));
    }

    /** Refuses attributes whose changes could never be seen. */
    static void requireAttributes(String subscription, Set<String> wanted, EntityMapping<?> mapping) {
        for (String attribute : wanted) {
            String where = "Subscription " + subscription + " wants updates of \"" + attribute + "\", ";
            if (!mapping.attributes().contains(attribute)) {
                throw new ConfigurationException(where + "which is no attribute of " + mapping.entityName()
                        + " that a change can show; those are " + String.join(", ", mapping.attributes()));
            }
            String reason = mapping.unavailable().get(attribute);
            if (reason != null) {
                throw new ConfigurationException(
                        where + "which no row of " + mapping.entityName() + "'s table tells: " + reason);
            }
        }
    }

    private List<String> names() {
        return registered.stream().map(Class::getName).toList();
    }
}
