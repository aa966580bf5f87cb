package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import dev.realtime.mapping.MappedAttribute;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entity's mapping bound to one version of its table. Thread-safe. */
final class HibernateRowMapper<T> implements RowMapper<T> {

    private final HibernateEntityMapping<T> mapping;
    private final BoundColumns columns;
    private final Set<String> names;
    private final List<MappedAttribute> attributes;
    private final Map<EntityShape, Map<String, Attribute>> byName = new HashMap<>();

    HibernateRowMapper(HibernateEntityMapping<T> mapping, BoundColumns columns) {
        this.mapping = mapping;
        this.columns = columns;
        for (EntityShape shape : mapping.classes().all()) {
            Map<String, Attribute> named = new HashMap<>();
            shape.attributes().forEach(attribute -> named.put(attribute.name(), attribute));
            byName.put(shape, named);
        }
        this.names = mapping.attributes();
        this.attributes = names.stream().map(this::mapped).toList();
    }

    /** Two subclasses may have an attribute of one name in different columns: it is known where all of them are. */
    private MappedAttribute mapped(String name) {
        Set<Integer> positions = new LinkedHashSet<>();
        boolean id = false;
        for (EntityShape shape : mapping.classes().all()) {
            Attribute attribute = named(shape, name);
            if (attribute != null) {
                id |= attribute.id();
                for (int ordinal : attribute.part().columns()) {
                    positions.add(columns.position(ordinal));
                }
            }
        }
        boolean told = !mapping.unavailable().containsKey(name) && !positions.contains(-1);
        return new MappedAttribute(name, id, told ? new ArrayList<>(positions) : List.of());
    }

    private @Nullable Attribute named(EntityShape shape, String name) {
        Map<String, Attribute> named = byName.get(shape);
        return named == null ? null : named.get(name);
    }

    @Override
    public List<MappedAttribute> attributes() {
        return attributes;
    }

    @Override
    public Class<? extends T> entityType(Row row) {
        return mapping.classes().of(reading(row)).type().asSubclass(mapping.entityType());
    }

    @Override
    public Object id(Row row) {
        Reading reading = reading(row);
        Part id = mapping.registered().id();
        if (!reading.knows(id.columns())) {
            throw new MappingException(mapping.entityName() + ": its id is not known from the row: " + describe(id));
        }
        Object value = id.read(reading);
        if (value == null) {
            throw new MappingException(mapping.entityName() + ": its id is NULL: " + describe(id));
        }
        return value;
    }

    @Override
    public T entity(Row row) {
        Reading reading = reading(row);
        return mapping.entityType().cast(mapping.classes().of(reading).entity(reading));
    }

    @Override
    public @Nullable Object value(MappedAttribute attribute, Row row) {
        Reading reading = reading(row);
        Attribute found = found(attribute, reading);
        return found == null ? null : found.value(reading);
    }

    @Override
    public @Nullable Object referenceId(MappedAttribute attribute, Row row) {
        Reading reading = reading(row);
        Attribute found = found(attribute, reading);
        if (found == null) {
            return null;
        }
        if (found.part() instanceof Referring reference) {
            return reference.id(reading);
        }
        throw new MappingException(found.path() + ": it is no reference to another entity");
    }

    /** Null where the class of the row does not have the attribute, but a sibling does. */
    private @Nullable Attribute found(MappedAttribute attribute, Reading reading) {
        if (!names.contains(attribute.name())) {
            throw new MappingException(mapping.entityName() + "." + attribute.name() + ": there is no such attribute");
        }
        Attribute found = named(mapping.classes().of(reading), attribute.name());
        if (found != null && !reading.knows(found.part().columns())) {
            throw new MappingException(found.path() + ": it is not known from the row: " + describe(found.part()));
        }
        return found;
    }

    private Reading reading(Row row) {
        return new Reading(row, columns);
    }

    private String describe(Part part) {
        StringBuilder described = new StringBuilder();
        for (int ordinal : part.columns()) {
            described.append(described.length() == 0 ? "" : ", ").append(columns.describe(ordinal));
        }
        return described.toString();
    }
}
