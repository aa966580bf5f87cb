package dev.realtime.hibernate;

import dev.realtime.mapping.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * The tables over which entities of some classes are spread, by the names that Hibernate renders: that of the hierarchy's
 * root first, then those of subclasses and secondary tables. Most often it is one. Immutable.
 */
final class ShapeTables {

    /**
     * One of them.
     *
     * @param expression its name as Hibernate renders it
     * @param key the columns of its key, as PostgreSQL's catalogue holds them, in the order of the id
     * @param ofClass whether it is a class's own table, of which each entity of the class has a row
     */
    record Part(String expression, List<String> key, boolean ofClass) {

        TableName name() {
            return SqlNames.table(expression);
        }
    }

    private final List<Part> parts;
    private final boolean onlyOne;

    private ShapeTables(List<Part> parts, boolean onlyOne) {
        this.parts = List.copyOf(parts);
        this.onlyOne = onlyOne;
    }

    /** The one table of a class that has its own, in which its superclasses' attributes lie too. */
    static ShapeTables ofClass(EntityPersister entity) {
        String table = entity.getMappedTableDetails().getTableName();
        return new ShapeTables(List.of(new Part(table, idColumns(entity), true)), true);
    }

    /**
     * The tables of a class and its subclasses.
     *
     * @param root the root of their hierarchy
     * @param classes the class and its subclasses
     */
    static ShapeTables ofHierarchy(EntityPersister root, List<EntityPersister> classes) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(root.getMappedTableDetails().getTableName(), idColumns(root), true));
        Set<String> ofClasses = new HashSet<>();
        classes.forEach(each -> ofClasses.addAll(ownTables(each)));
        for (EntityPersister each : classes) {
            Set<String> used = attributeTables(each);
            each.visitConstraintOrderedTables((table, keys) -> {
                boolean known =
                        parts.stream().anyMatch(part -> part.expression().equals(table));
                if (!known && (ofClasses.contains(table) || used.contains(table))) {
                    List<String> key = new ArrayList<>();
                    keys.get().accept((index, column) -> key.add(SqlNames.column(column.getSelectionExpression())));
                    parts.add(new Part(table, key, ofClasses.contains(table)));
                }
            });
        }
        return new ShapeTables(parts, false);
    }

    private static List<String> idColumns(EntityPersister entity) {
        List<String> columns = new ArrayList<>();
        entity.getIdentifierMapping()
                .forEachSelectable((index, column) -> columns.add(SqlNames.column(column.getSelectionExpression())));
        return columns;
    }

    private static Set<String> ownTables(EntityPersister entity) {
        Set<String> tables = new HashSet<>();
        for (EntityMappingType type = entity; type != null; type = type.getSuperMappingType()) {
            tables.add(type.getMappedTableDetails().getTableName());
        }
        return tables;
    }

    /** Where its attributes lie, associations apart: a table that holds nothing else is a join table. */
    private static Set<String> attributeTables(EntityPersister entity) {
        Set<String> tables = new HashSet<>();
        for (int i = 0; i < entity.getNumberOfAttributeMappings(); i++) {
            AttributeMapping attribute = entity.getAttributeMapping(i);
            if (!(attribute instanceof ToOneAttributeMapping)) {
                addTables(attribute, tables::add);
            }
        }
        return tables;
    }

    private static void addTables(ModelPart part, Consumer<String> to) {
        part.forEachSelectable((index, column) -> to.accept(column.getContainingTableExpression()));
    }

    List<Part> parts() {
        return parts;
    }

    /** Which of them a table is; -1 for none. */
    int position(String expression) {
        if (onlyOne) {
            return 0; // an inherited attribute names the table of the class that declares it, which may not be there
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).expression().equals(expression)) {
                return i;
            }
        }
        return -1;
    }

    /** A column of a key is the first table's: in the others it has the same value. */
    TableColumn column(String expression, String column) {
        int table = Math.max(position(expression), 0);
        int part = parts.get(table).key().indexOf(column);
        return part < 0
                ? new TableColumn(table, column)
                : new TableColumn(0, parts.get(0).key().get(part));
    }

    /** The tables in which an entity of a class can lie. */
    Set<Integer> of(EntityPersister entity) {
        Set<Integer> positions = new HashSet<>();
        positions.add(0);
        Predicate<String> used = attributeTables(entity)::contains;
        Predicate<String> own = ownTables(entity)::contains;
        for (int i = 1; i < parts.size(); i++) {
            if (used.or(own).test(parts.get(i).expression())) {
                positions.add(i);
            }
        }
        return positions;
    }
}
