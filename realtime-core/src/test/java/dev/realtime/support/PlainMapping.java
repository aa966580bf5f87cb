package dev.realtime.support;

import dev.realtime.error.MappingException;
import dev.realtime.mapping.EntityLayout;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.EntityMappings;
import dev.realtime.mapping.MappedAttribute;
import dev.realtime.mapping.MappedTable;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.Table;
import dev.realtime.mapping.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A mapping written by hand: each attribute lies in one column and has its base value. */
public final class PlainMapping<T> implements EntityMapping<T>, EntityLayout<T> {

    private record Attribute<T>(String name, String column, boolean id, BiConsumer<T, Object> setter) {}

    private final Class<T> entityType;
    private final Supplier<T> constructor;
    private final TableName table;
    private final List<Attribute<T>> attributes = new ArrayList<>();

    private PlainMapping(Class<T> entityType, Supplier<T> constructor, TableName table) {
        this.entityType = entityType;
        this.constructor = constructor;
        this.table = table;
    }

    public static <T> PlainMapping<T> of(Class<T> entityType, Supplier<T> constructor, String schema, String table) {
        return new PlainMapping<>(entityType, constructor, new TableName(schema, table));
    }

    public <V> PlainMapping<T> id(String name, String column, Class<V> type, BiConsumer<T, V> setter) {
        return add(name, column, true, type, setter);
    }

    public <V> PlainMapping<T> with(String name, String column, Class<V> type, BiConsumer<T, V> setter) {
        return add(name, column, false, type, setter);
    }

    private <V> PlainMapping<T> add(String name, String column, boolean id, Class<V> type, BiConsumer<T, V> setter) {
        attributes.add(new Attribute<>(name, column, id, (entity, value) -> setter.accept(entity, type.cast(value))));
        return this;
    }

    /** Mappings that hold these entities. */
    public static EntityMappings all(PlainMapping<?>... mappings) {
        return new EntityMappings() {
            @Override
            @SuppressWarnings("unchecked")
            public <E> Optional<EntityMapping<E>> of(Class<E> wanted) {
                for (PlainMapping<?> mapping : mappings) {
                    if (mapping.entityType.equals(wanted)) {
                        return Optional.of((EntityMapping<E>) mapping);
                    }
                }
                return Optional.empty();
            }
        };
    }

    @Override
    public Class<T> entityType() {
        return entityType;
    }

    @Override
    public String entityName() {
        return entityType.getSimpleName();
    }

    @Override
    public List<EntityLayout<T>> layouts() {
        return List.of(this);
    }

    @Override
    public List<MappedTable> tables() {
        Set<String> columns = new LinkedHashSet<>();
        attributes.forEach(attribute -> columns.add(attribute.column()));
        List<String> id =
                attributes.stream().filter(Attribute::id).map(Attribute::column).toList();
        return List.of(new MappedTable(table, columns, id));
    }

    @Override
    public Set<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        attributes.forEach(attribute -> names.add(attribute.name()));
        return names;
    }

    @Override
    public Map<String, String> unavailable() {
        return Map.of();
    }

    @Override
    public RowMapper<T> bind(Table bound) {
        return new Mapper(bound);
    }

    private final class Mapper implements RowMapper<T> {

        private final List<MappedAttribute> mapped;

        Mapper(Table bound) {
            mapped = attributes.stream()
                    .map(attribute -> {
                        int position = bound.position(attribute.column());
                        if (attribute.id() && position < 0) {
                            throw new MappingException(
                                    entityName() + "." + attribute.name() + " has no column in " + bound.name());
                        }
                        return new MappedAttribute(
                                attribute.name(), attribute.id(), position < 0 ? List.of() : List.of(position));
                    })
                    .toList();
        }

        @Override
        public List<MappedAttribute> attributes() {
            return mapped;
        }

        @Override
        public Class<? extends T> entityType() {
            return entityType;
        }

        @Override
        public Class<? extends T> entityType(Row row) {
            return entityType;
        }

        @Override
        public Object id(Row row) {
            List<Object> parts = new ArrayList<>();
            for (MappedAttribute attribute : mapped) {
                if (attribute.id()) {
                    if (!isKnown(attribute, row)) {
                        throw new MappingException(entityName() + "." + attribute.name() + " is not in the row");
                    }
                    parts.add(value(attribute, row));
                }
            }
            return parts.size() == 1 ? parts.get(0) : parts;
        }

        @Override
        public T entity(Row row) {
            T entity = constructor.get();
            for (int i = 0; i < mapped.size(); i++) {
                if (isKnown(mapped.get(i), row)) {
                    attributes.get(i).setter().accept(entity, value(mapped.get(i), row));
                }
            }
            return entity;
        }

        @Override
        public @Nullable Object value(MappedAttribute attribute, Row row) {
            return row.value(attribute.columns().get(0));
        }

        @Override
        public @Nullable Object referenceId(MappedAttribute attribute, Row row) {
            throw new IllegalArgumentException(attribute.name() + " is no reference");
        }

        private static boolean isKnown(MappedAttribute attribute, Row row) {
            return !attribute.columns().isEmpty()
                    && row.isKnown(attribute.columns().get(0));
        }
    }
}
