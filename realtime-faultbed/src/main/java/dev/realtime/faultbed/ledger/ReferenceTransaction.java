package dev.realtime.faultbed.ledger;

import java.util.List;

/**
 * A committed transaction as the independent decoder tells it. Immutable.
 *
 * @param end where its commit record ends, unsigned
 * @param xid the transaction's number
 * @param rows its changes in order of their ordinals, perhaps none
 */
public record ReferenceTransaction(long end, long xid, List<ReferenceRow> rows) {

    /** Copies the rows. */
    public ReferenceTransaction {
        rows = List.copyOf(rows);
    }

    /** The index of the row with an ordinal, -1 where there is none. */
    int indexOf(long ordinal) {
        int low = 0;
        int high = rows.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = rows.get(middle).ordinal();
            if (found == ordinal) {
                return middle;
            }
            if (found < ordinal) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
