package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.pgoutput.RelationColumn;
import dev.realtime.internal.pgoutput.TruncateMessage;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.mapping.Column;
import dev.realtime.mapping.MappedTable;
import dev.realtime.type.PgType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * An entity that is spread over several tables. Its rows become one: a row of a relation of our own making, whose columns
 * are the key, named as the first table's, and then those of each table that a change concerns, each named with its table.
 * Such a relation is bound, filtered, queued and put aside as every other. Confined to the reader thread.
 */
final class SpreadLayout<T> {

    private final RegisteredEntity<T> entity;
    private final RegisteredLayout<T> layout;
    private final List<MappedTable> mapped;
    private final List<Set<Integer>> wholes;
    private final List<Version<T>> versions = new ArrayList<>();
    private final Binder<T> binder;

    /** Binds a relation of our own making. */
    interface Binder<T> {
        EntityBinding<T> bind(SpreadLayout<T> layout, Relation relation);
    }

    /** The relation that some tables make, bound. */
    private record Version<T>(List<SpreadTable> tables, Relation relation, EntityBinding<T> binding) {

        boolean isOf(List<SpreadRow> rows) {
            if (rows.size() != tables.size()) {
                return false;
            }
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).in() != tables.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    SpreadLayout(RegisteredEntity<T> entity, RegisteredLayout<T> layout, Binder<T> binder) {
        this.entity = entity;
        this.layout = layout;
        this.mapped = layout.layout().tables();
        this.wholes = layout.layout().wholes();
        this.binder = binder;
    }

    RegisteredEntity<T> entity() {
        return entity;
    }

    RegisteredLayout<T> registered() {
        return layout;
    }

    int entityIndex() {
        return entity.index();
    }

    MappedTable mapped(int table) {
        return mapped.get(table);
    }

    /** A table has a new version: what was made of the old ones is not needed again. */
    void forget() {
        versions.clear();
    }

    /** Whether an entity that lies in these tables may lie in none besides. */
    boolean isComplete(Set<Integer> seen) {
        return isWhole(seen)
                && wholes.stream().noneMatch(whole -> whole.size() > seen.size() && whole.containsAll(seen));
    }

    /** Whether a relation of our own making is made of exactly the tables of some class. */
    boolean isWhole(List<Column> columns) {
        Set<Integer> seen = new HashSet<>();
        columns.stream().skip(mapped(0).idColumns().size()).forEach(column -> seen.add(column.table()));
        return isWhole(seen);
    }

    private boolean isWhole(Set<Integer> seen) {
        return wholes.contains(seen);
    }

    /**
     * One change out of those of an entity's rows.
     *
     * @param rows in the order of their tables
     * @param first the first of them in the stream: its place is the change's
     */
    BoundChange<T> change(List<SpreadRow> rows, RowChange first) {
        Version<T> version = version(rows);
        RowChange change = new RowChange(
                first.transaction(),
                first.ordinal(),
                version.relation(),
                first.message() instanceof TruncateMessage
                        ? first.message()
                        : SpreadMessage.of(rows, version.relation().id()));
        return new BoundChange<>(version.binding(), change);
    }

    private Version<T> version(List<SpreadRow> rows) {
        for (Version<T> version : versions) {
            if (version.isOf(rows)) {
                return version;
            }
        }
        List<SpreadTable> tables = rows.stream().map(SpreadRow::in).toList();
        Relation relation = relation(tables);
        Version<T> made = new Version<>(tables, relation, binder.bind(this, relation));
        versions.add(made);
        return made;
    }

    private Relation relation(List<SpreadTable> tables) {
        RegisteredTable first = layout.tables().get(0);
        List<RelationColumn> columns = new ArrayList<>();
        SpreadTable any = tables.get(0);
        for (int i = 0; i < any.key().length; i++) {
            String name = name(0, mapped(0).idColumns().get(i));
            columns.add(
                    any.key()[i] < 0
                            ? new RelationColumn(false, name, 0, -1)
                            : renamed(any.relation().columns().get(any.key()[i]), name));
        }
        for (SpreadTable table : tables) {
            for (RelationColumn column : table.relation().columns()) {
                columns.add(renamed(column, name(table.table(), column.name())));
            }
        }
        return new Relation(
                first.oid(),
                String.valueOf(first.name().schema()),
                first.name().name(),
                any.relation().identity(),
                columns);
    }

    private static RelationColumn renamed(RelationColumn column, String name) {
        return new RelationColumn(column.identity(), name, column.typeOid(), column.typeModifier());
    }

    private String name(int table, String column) {
        return prefix(table) + column;
    }

    private String prefix(int table) {
        return layout.tables().get(table).name() + ".";
    }

    /** The columns of a relation of our own making, for the mapping; the key's stand before the first table's own. */
    List<Column> columns(Relation relation, IntFunction<PgType> types) {
        List<Column> columns = new ArrayList<>();
        for (RelationColumn column : relation.columns()) {
            int table = layout.tables().size() - 1;
            while (table >= 0 && !column.name().startsWith(prefix(table))) {
                table--;
            }
            String name = table < 0
                    ? column.name()
                    : column.name().substring(prefix(table).length());
            columns.add(new Column(table, name, types.apply(column.typeOid())));
        }
        return columns;
    }
}
