package dev.realtime.internal.bus;

import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.transaction.RowChange;

/**
 * Where a change stands in the order of all changes that a subscription gets; a row in which several entities lie is a
 * change of each. Immutable.
 *
 * @param commit the commit record of its transaction, unsigned
 * @param ordinal its ordinal there
 * @param entity its entity's number
 */
record Spot(long commit, long ordinal, int entity) implements Comparable<Spot> {

    static Spot of(BoundChange<?> change) {
        RowChange row = change.change();
        return new Spot(
                row.transaction().commitLsn(), row.ordinal(), change.binding().entityIndex());
    }

    @Override
    public int compareTo(Spot other) {
        int order = Long.compareUnsigned(commit, other.commit);
        if (order == 0) {
            order = Long.compare(ordinal, other.ordinal);
        }
        return order == 0 ? Integer.compare(entity, other.entity) : order;
    }
}
