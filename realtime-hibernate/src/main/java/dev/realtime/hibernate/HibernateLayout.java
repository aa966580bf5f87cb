package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import dev.realtime.mapping.EntityLayout;
import dev.realtime.mapping.MappedTable;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The classes of entities that lie in the same tables. Thread-safe. */
final class HibernateLayout<T> implements EntityLayout<T> {

    private final Class<T> type;
    private final String name;
    private final ShapeTables tables;
    private final List<TableColumn> columns;
    private final List<BasicPart> readers;
    private final Classes classes;
    private final @Nullable BasicPart deletedMark;

    /**
     * @param type the registered class
     * @param name its name in JPA
     * @param columns the columns that the classes read, by ordinal
     * @param readers what reads them
     * @param deletedMark what tells that a row is marked as deleted; null where rows are not
     */
    HibernateLayout(
            Class<T> type,
            String name,
            Columns columns,
            List<BasicPart> readers,
            Classes classes,
            @Nullable BasicPart deletedMark) {
        this.type = type;
        this.name = name;
        this.tables = columns.tables();
        this.columns = columns.all();
        this.readers = readers;
        this.classes = classes;
        this.deletedMark = deletedMark;
    }

    Class<T> type() {
        return type;
    }

    String name() {
        return name;
    }

    Classes classes() {
        return classes;
    }

    /** What tells that a row is marked as deleted; null where rows are not. */
    @Nullable
    BasicPart deletedMark() {
        return deletedMark;
    }

    @Override
    public List<MappedTable> tables() {
        List<MappedTable> mapped = new ArrayList<>();
        for (int i = 0; i < tables.parts().size(); i++) {
            ShapeTables.Part part = tables.parts().get(i);
            Set<String> names = new LinkedHashSet<>(part.key());
            Set<String> telling = new LinkedHashSet<>();
            for (int ordinal = 0; ordinal < columns.size(); ordinal++) {
                if (columns.get(ordinal).table() == i) {
                    names.add(columns.get(ordinal).name());
                }
            }
            for (int ordinal : classes.isSelective() ? classes.columns() : new int[0]) {
                if (columns.get(ordinal).table() == i) {
                    telling.add(columns.get(ordinal).name());
                }
            }
            mapped.add(new MappedTable(part.name(), names, part.key(), telling, !part.ofClass()));
        }
        return mapped;
    }

    @Override
    public List<Set<Integer>> wholes() {
        return classes.all().stream()
                .filter(shape -> !shape.isAbstract())
                .map(EntityShape::tables)
                .distinct()
                .toList();
    }

    @Override
    public RowMapper<T> bind(Table version) {
        BoundColumns bound = new BoundColumns(version, tables, columns);
        for (BasicPart reader : readers) {
            if (bound.position(reader.ordinal()) >= 0) {
                TypeFit.check(reader, bound);
            }
        }
        require(bound, classes.registered().id().columns(), "its id");
        if (tables.parts().size() == 1) {
            require(bound, classes.columns(), "the class of a row");
        }
        return new HibernateRowMapper<>(this, classes.among(version), bound);
    }

    private void require(BoundColumns bound, int[] ordinals, String what) {
        for (int ordinal : ordinals) {
            if (bound.position(ordinal) < 0) {
                throw new MappingException(name + ": the stream does not carry column " + bound.describe(ordinal)
                        + ", which tells " + what + "; publish it, or map another");
            }
        }
    }
}
