package dev.realtime.hibernate;

import dev.realtime.mapping.EntityLayout;
import dev.realtime.mapping.EntityMapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The mapping of one entity and, where it has subclasses, of these. Thread-safe. */
final class HibernateEntityMapping<T> implements EntityMapping<T> {

    private final Class<T> type;
    private final String name;
    private final List<HibernateLayout<T>> layouts;
    private final Set<String> attributes;
    private final Map<String, String> unavailable;

    /**
     * @param layouts where its rows are, the registered class's own first where it has one
     */
    HibernateEntityMapping(Class<T> type, String name, List<HibernateLayout<T>> layouts) {
        this.type = type;
        this.name = name;
        this.layouts = List.copyOf(layouts);
        Set<String> names = new LinkedHashSet<>();
        Map<String, String> reasons = new LinkedHashMap<>();
        for (HibernateLayout<T> layout : layouts) {
            names(layout.classes().registered(), names);
            layout.classes().all().forEach(shape -> names(shape, names));
            layout.classes().all().forEach(shape -> reasons.putAll(shape.unavailable()));
        }
        this.attributes = Collections.unmodifiableSet(names);
        this.unavailable = Collections.unmodifiableMap(reasons);
    }

    private static void names(EntityShape shape, Set<String> names) {
        shape.attributes().stream()
                .filter(attribute -> !attribute.isToMany())
                .forEach(attribute -> names.add(attribute.name()));
        names.addAll(shape.unavailable().keySet());
    }

    @Override
    public Class<T> entityType() {
        return type;
    }

    @Override
    public String entityName() {
        return name;
    }

    @Override
    public List<EntityLayout<T>> layouts() {
        return List.copyOf(layouts);
    }

    /** The registered class's come first. */
    @Override
    public Set<String> attributes() {
        return attributes;
    }

    @Override
    public Map<String, String> unavailable() {
        return unavailable;
    }
}
