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

/** The mapping of an entity bound to one version of the tables of a layout. Thread-safe. */
final class HibernateRowMapper<T> implements RowMapper<T> {

    private final HibernateLayout<T> layout;
    private final Classes.Among classes;
    private final BoundColumns columns;
    private final List<MappedAttribute> attributes;
    private final Map<EntityShape, Map<String, Attribute>> byName = new HashMap<>();

    /**
     * @param classes those that can lie in the tables that are bound
     */
    HibernateRowMapper(HibernateLayout<T> layout, Classes.Among classes, BoundColumns columns) {
        this.layout = layout;
        this.classes = classes;
        this.columns = columns;
        Set<String> names = new LinkedHashSet<>();
        names(layout.classes().registered(), names);
        for (EntityShape shape : layout.classes().all()) {
            names(shape, names);
            Map<String, Attribute> named = new HashMap<>();
            shape.attributes().forEach(attribute -> named.put(attribute.name(), attribute));
            byName.put(shape, named);
        }
        this.attributes = names.stream().map(this::mapped).toList();
    }

    private static void names(EntityShape shape, Set<String> names) {
        shape.attributes().stream()
                .filter(attribute -> !attribute.isToMany())
                .forEach(attribute -> names.add(attribute.name()));
        names.addAll(shape.unavailable().keySet());
    }

    /** Two subclasses may have an attribute of one name in different columns: it is known where all of them are. */
    private MappedAttribute mapped(String name) {
        Set<Integer> positions = new LinkedHashSet<>();
        boolean id = false;
        boolean told = true;
        for (EntityShape shape : classes.candidates()) {
            told &= !shape.unavailable().containsKey(name);
            Attribute attribute = named(shape, name);
            if (attribute != null) {
                id |= attribute.id();
                for (int ordinal : attribute.part().columns()) {
                    positions.add(columns.position(ordinal));
                }
            }
        }
        return new MappedAttribute(name, id, told && !positions.contains(-1) ? new ArrayList<>(positions) : List.of());
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
    public boolean isSelective() {
        return layout.classes().isSelective();
    }

    @Override
    public boolean maps(Row row) {
        return classes.has(reading(row));
    }

    @Override
    public boolean deletesSoftly() {
        return layout.deletedMark() != null;
    }

    /** By true, as Hibernate's converter reads either strategy; or by a time, where that is the mark. */
    @Override
    public boolean isDeleted(Row row) {
        Reading reading = reading(row);
        BasicPart mark = layout.deletedMark();
        if (mark == null || !reading.knows(mark.columns())) {
            return false;
        }
        Object value = mark.read(reading);
        return value instanceof Boolean deleted ? deleted : value != null;
    }

    @Override
    public boolean has(MappedAttribute attribute, Row row) {
        EntityShape known = classes.known(reading(row));
        return known == null
                ? classes.candidates().stream().anyMatch(shape -> shape.has(attribute.name()))
                : known.has(attribute.name());
    }

    @Override
    public boolean knowsClass(Row row) {
        return classes.known(reading(row)) != null;
    }

    @Override
    public Class<? extends T> entityType() {
        return classes.common().type().asSubclass(layout.type());
    }

    @Override
    public Class<? extends T> entityType(Row row) {
        return classes.of(reading(row)).type().asSubclass(layout.type());
    }

    @Override
    public Object id(Row row) {
        Reading reading = reading(row);
        Part id = layout.classes().registered().id();
        if (!reading.knows(id.columns())) {
            throw new MappingException(layout.name() + ": its id is not known from the row: " + describe(id));
        }
        Object value = id.read(reading);
        if (value == null) {
            throw new MappingException(layout.name() + ": its id is NULL: " + describe(id));
        }
        return value;
    }

    @Override
    public T entity(Row row) {
        Reading reading = reading(row);
        return layout.type().cast(classes.of(reading).entity(reading));
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
        if (layout.classes().all().stream().noneMatch(shape -> shape.has(attribute.name()))) {
            throw new MappingException(layout.name() + "." + attribute.name() + ": there is no such attribute");
        }
        Attribute found = named(classes.of(reading), attribute.name());
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
