package dev.realtime.internal.binding;

import dev.realtime.mapping.MappedAttribute;
import dev.realtime.mapping.Row;

/** An attribute with its columns where the per-row code wants them. Immutable. */
final class BoundAttribute {

    private final MappedAttribute mapped;
    private final int[] columns;

    BoundAttribute(MappedAttribute mapped) {
        this.mapped = mapped;
        this.columns = mapped.columns().stream().mapToInt(Integer::intValue).toArray();
    }

    MappedAttribute mapped() {
        return mapped;
    }

    String name() {
        return mapped.name();
    }

    /** Nobody may write to it. */
    int[] columns() {
        return columns;
    }

    boolean isKnown(Row row) {
        for (int column : columns) {
            if (!row.isKnown(column)) {
                return false;
            }
        }
        return columns.length > 0;
    }

    /** Whether the attribute changed between two rows that both know it. */
    boolean differs(TupleRow after, TupleRow before) {
        for (int column : columns) {
            if (after.differs(column, before)) {
                return true;
            }
        }
        return false;
    }
}
