package dev.realtime.hibernate;

import dev.realtime.mapping.Row;
import org.jspecify.annotations.Nullable;

/** One row while it becomes one entity. Not safe for use by several threads at once. */
final class Reading {

    final RowResultSet resultSet;

    /** The entity that is being filled, once it is there. */
    @Nullable
    Object owner;

    /** Its id, once it is read. */
    @Nullable
    Object ownerId;

    private final Row row;
    private final BoundColumns columns;

    Reading(Row row, BoundColumns columns) {
        this.row = row;
        this.columns = columns;
        this.resultSet = new RowResultSet(row, columns.positions());
    }

    Row row() {
        return row;
    }

    /** Whether every one of a part's columns is published and was sent. */
    boolean knows(int[] ordinals) {
        for (int ordinal : ordinals) {
            int position = columns.position(ordinal);
            if (position < 0 || !row.isKnown(position)) {
                return false;
            }
        }
        return true;
    }

    /** Whether any column besides these is known. */
    boolean knowsMoreThan(int[] ordinals) {
        int known = 0;
        for (int position : columns.positions()) {
            if (position >= 0 && row.isKnown(position)) {
                known++;
            }
        }
        return known > ordinals.length;
    }

    /** Whether the entity came or went with the change, so that it lies in no other table than the row shows. */
    boolean isWhole() {
        return row.isWhole();
    }

    /** A column as a message names it: with its table and its type. */
    String describe(int ordinal) {
        return columns.describe(ordinal);
    }
}
