package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.mapping.EntityLayout;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.MappedAttribute;
import dev.realtime.mapping.MappedTable;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping whose entities are marked as deleted by one of their attributes: by {@code true}, or, where it is no boolean, by
 * any value. Thread-safe.
 */
final class SoftDeleted<T> implements EntityMapping<T> {

    private final EntityMapping<T> mapping;
    private final String mark;

    private SoftDeleted(EntityMapping<T> mapping, String mark) {
        this.mapping = mapping;
        this.mark = mark;
    }

    /**
     * @throws ConfigurationException where no row tells the attribute
     */
    static <T> EntityMapping<T> by(String mark, EntityMapping<T> mapping) {
        String where = mapping.entityName() + " is said to be marked as deleted by \"" + mark + "\", ";
        if (!mapping.attributes().contains(mark)) {
            throw new ConfigurationException(where + "which is no attribute that a row can show; those are "
                    + String.join(", ", mapping.attributes()));
        }
        String reason = mapping.unavailable().get(mark);
        if (reason != null) {
            throw new ConfigurationException(where + "which no row of its table tells: " + reason);
        }
        return new SoftDeleted<>(mapping, mark);
    }

    @Override
    public Class<T> entityType() {
        return mapping.entityType();
    }

    @Override
    public String entityName() {
        return mapping.entityName();
    }

    @Override
    public List<EntityLayout<T>> layouts() {
        return mapping.layouts().stream()
                .<EntityLayout<T>>map(layout -> new Marked<>(layout, mark))
                .toList();
    }

    @Override
    public Set<String> attributes() {
        return mapping.attributes();
    }

    @Override
    public Map<String, String> unavailable() {
        return mapping.unavailable();
    }

    private record Marked<T>(EntityLayout<T> layout, String mark) implements EntityLayout<T> {

        @Override
        public List<MappedTable> tables() {
            return layout.tables();
        }

        @Override
        public List<Set<Integer>> wholes() {
            return layout.wholes();
        }

        @Override
        public RowMapper<T> bind(Table table) {
            RowMapper<T> mapper = layout.bind(table);
            return mapper.attributes().stream()
                    .filter(attribute -> attribute.name().equals(mark))
                    .findFirst()
                    .<RowMapper<T>>map(attribute -> new Mapper<>(mapper, attribute))
                    .orElse(mapper);
        }
    }

    private record Mapper<T>(RowMapper<T> mapper, MappedAttribute mark) implements RowMapper<T> {

        @Override
        public boolean deletesSoftly() {
            return true;
        }

        @Override
        public boolean isDeleted(Row row) {
            if (mark.columns().isEmpty() || !mark.columns().stream().allMatch(row::isKnown)) {
                return false;
            }
            Object value = mapper.value(mark, row);
            return value instanceof Boolean deleted ? deleted : value != null;
        }

        @Override
        public List<MappedAttribute> attributes() {
            return mapper.attributes();
        }

        @Override
        public Class<? extends T> entityType() {
            return mapper.entityType();
        }

        @Override
        public boolean isSelective() {
            return mapper.isSelective();
        }

        @Override
        public boolean maps(Row row) {
            return mapper.maps(row);
        }

        @Override
        public boolean has(MappedAttribute attribute, Row row) {
            return mapper.has(attribute, row);
        }

        @Override
        public boolean knowsClass(Row row) {
            return mapper.knowsClass(row);
        }

        @Override
        public Class<? extends T> entityType(Row row) {
            return mapper.entityType(row);
        }

        @Override
        public Object id(Row row) {
            return mapper.id(row);
        }

        @Override
        public T entity(Row row) {
            return mapper.entity(row);
        }

        @Override
        public @Nullable Object value(MappedAttribute attribute, Row row) {
            return mapper.value(attribute, row);
        }

        @Override
        public @Nullable Object referenceId(MappedAttribute attribute, Row row) {
            return mapper.referenceId(attribute, row);
        }
    }
}
