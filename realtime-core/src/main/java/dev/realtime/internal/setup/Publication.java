package dev.realtime.internal.setup;

import dev.realtime.internal.setup.Relation.Columns;
import dev.realtime.mapping.TableName;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A publication as the database has it, as far as the wanted tables go (manual, sections 53.41 and 54.19). Immutable.
 *
 * @param operations the kinds of change it carries
 * @param viaRoot whether changes of partitions are sent as changes of their root
 * @param generated whether stored generated columns are sent; from PostgreSQL 18 on
 * @param holdsPartitions whether its tables include partitions or partitioned ones, or whatever a schema has
 * @param members the OIDs of tables that are named in it one by one
 * @param tables what it carries, by name; of partitioned tables the root or the leaves, see {@code viaRoot}
 */
record Publication(
        Set<Operation> operations,
        boolean viaRoot,
        boolean generated,
        boolean holdsPartitions,
        Set<Long> members,
        Map<TableName, Content> tables) {

    /**
     * What it carries of one table. Immutable.
     *
     * @param columns the columns that are sent; null before PostgreSQL 15, which sends all that are not generated
     * @param filtered whether a row filter holds rows back
     */
    record Content(@Nullable Set<String> columns, boolean filtered) {}

    /** What this library creates: every kind of change, whole tables. */
    static Publication toBeCreated(boolean viaRoot, boolean generated) {
        return new Publication(Set.of(Operation.values()), viaRoot, generated, viaRoot, Set.of(), Map.of());
    }

    boolean carries(Relation relation) {
        return tables.containsKey(relation.name());
    }

    boolean carriesOldRows() {
        return operations.contains(Operation.UPDATE) || operations.contains(Operation.DELETE);
    }

    /** The columns that the stream carries, or will where the table is still to be added. */
    Set<String> columnsSent(Relation relation, Columns columns) {
        Content content = tables.get(relation.name());
        if (content != null && content.columns() != null) {
            return content.columns();
        }
        Set<String> sent = new TreeSet<>(columns.ordinary());
        if (generated) {
            sent.addAll(columns.with('s'));
        }
        return sent;
    }
}
