package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.Table;
import dev.realtime.mapping.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The mapping of one entity and, where it has subclasses in its table, of these. Thread-safe. */
final class HibernateEntityMapping<T> implements EntityMapping<T> {

    private final Class<T> type;
    private final String name;
    private final TableColumns columns;
    private final EntityShape registered;
    private final Classes classes;

    HibernateEntityMapping(Class<T> type, String name, TableColumns columns, EntityShape registered, Classes classes) {
        this.type = type;
        this.name = name;
        this.columns = columns;
        this.registered = registered;
        this.classes = classes;
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
    public TableName table() {
        return columns.table();
    }

    @Override
    public Set<String> columns() {
        return Set.copyOf(columns.names());
    }

    @Override
    public Set<String> idColumns() {
        return IntStream.of(registered.id().columns())
                .mapToObj(columns.names()::get)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<String, String> unavailable() {
        Map<String, String> reasons = new LinkedHashMap<>();
        classes.all().forEach(shape -> reasons.putAll(shape.unavailable()));
        return Collections.unmodifiableMap(reasons);
    }

    @Override
    public RowMapper<T> bind(Table version) {
        BoundColumns bound = columns.bind(version);
        require(bound, registered.id().columns(), "its id");
        require(bound, classes.columns(), "the class of a row");
        return new HibernateRowMapper<>(this, bound);
    }

    private void require(BoundColumns bound, int[] ordinals, String what) {
        for (int ordinal : ordinals) {
            if (bound.position(ordinal) < 0) {
                throw new MappingException(name + ": the stream does not carry column " + bound.describe(ordinal)
                        + ", which tells " + what + "; publish it, or map another");
            }
        }
    }

    Classes classes() {
        return classes;
    }

    EntityShape registered() {
        return registered;
    }

    /** The registered class's come first. */
    @Override
    public Set<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        names(registered, names);
        classes.all().forEach(shape -> names(shape, names));
        return Collections.unmodifiableSet(names);
    }

    private static void names(EntityShape shape, Set<String> names) {
        shape.attributes().stream()
                .filter(attribute -> !attribute.isToMany())
                .forEach(attribute -> names.add(attribute.name()));
        names.addAll(shape.unavailable().keySet());
    }
}
