package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.mapping.EntityLayout;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.EntityMappings;
import dev.realtime.mapping.MappedTable;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.TableName;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables that entities name themselves, where no ORM is there to ask: enough to publish them. Thread-safe. */
final class DeclaredTables implements EntityMappings {

    @Override
    public <T> Optional<EntityMapping<T>> of(Class<T> entityType) {
        return entityType.isAnnotationPresent(Entity.class)
                ? Optional.of(new Declared<>(entityType))
                : Optional.empty();
    }

    private record Declared<T>(Class<T> entityType) implements EntityMapping<T>, EntityLayout<T> {

        @Override
        public String entityName() {
            String name = entityType.getAnnotation(Entity.class).name();
            return name.isEmpty() ? entityType.getSimpleName() : name;
        }

        @Override
        public List<EntityLayout<T>> layouts() {
            return List.of(this);
        }

        @Override
        public List<MappedTable> tables() {
            return List.of(new MappedTable(table(), Set.of(), List.of()));
        }

        private TableName table() {
            Table table = entityType.getAnnotation(Table.class);
            if (table == null || table.name().isEmpty()) {
                throw new ConfigurationException(
                        entityName() + " does not name its table: add @Table(name = ...), or pass"
                                + " the EntityManagerFactory, which knows the naming strategy, to from(...)");
            }
            return new TableName(table.schema().isEmpty() ? null : stored(table.schema()), stored(table.name()));
        }

        /** PostgreSQL folds what is not quoted; JPA quotes with double quotes, Hibernate with back-ticks too. */
        private static String stored(String name) {
            char first = name.charAt(0);
            boolean quoted =
                    name.length() > 2 && (first == '"' || first == '`') && name.charAt(name.length() - 1) == first;
            return quoted ? name.substring(1, name.length() - 1) : name.toLowerCase(Locale.ROOT);
        }

        @Override
        public Set<String> attributes() {
            return Set.of();
        }

        @Override
        public Map<String, String> unavailable() {
            return Map.of();
        }

        @Override
        public RowMapper<T> bind(dev.realtime.mapping.Table table) {
            throw new ConfigurationException("A table's name alone maps no row of " + entityName());
        }
    }
}
