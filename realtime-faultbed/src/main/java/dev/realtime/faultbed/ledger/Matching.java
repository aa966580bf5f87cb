package dev.realtime.faultbed.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/** Each line of testimony put beside the row change it speaks of. Immutable. */
final class Matching {

    static final long NEVER = Long.MAX_VALUE;

    private final Reference reference;
    private final List<Handled> handled;
    private final List<@Nullable Place> places = new ArrayList<>();
    private final long[][] firstHandled;

    /**
     * A row change of the truth.
     *
     * @param transaction the transaction's index
     * @param row the row's index in it
     */
    record Place(int transaction, int row) {}

    Matching(Reference reference, List<Handled> handled) {
        this.reference = reference;
        this.handled = handled;
        this.firstHandled = new long[reference.transactions().size()][];
        for (int i = 0; i < firstHandled.length; i++) {
            firstHandled[i] = new long[transaction(i).rows().size()];
            Arrays.fill(firstHandled[i], NEVER);
        }
        for (Handled line : handled) {
            Place place = find(line);
            places.add(place);
            if (place != null) {
                long[] rows = firstHandled[place.transaction];
                rows[place.row] = Math.min(rows[place.row], line.end());
            }
        }
    }

    /** A commit record begins before its own end, and not before the end of the transaction before it. */
    private @Nullable Place find(Handled line) {
        int index = reference.endingBy(line.commit());
        if (index == firstHandled.length) {
            return null;
        }
        int row = transaction(index).indexOf(line.ordinal());
        return row >= 0 && transaction(index).rows().get(row).matches(line) ? new Place(index, row) : null;
    }

    ReferenceTransaction transaction(int index) {
        return reference.transactions().get(index);
    }

    /** Where the line belongs, null where it speaks of nothing that was committed. */
    @Nullable
    Place place(int line) {
        return places.get(line);
    }

    boolean isFirst(int line, Place place) {
        return firstHandled(place.transaction, place.row) == handled.get(line).end();
    }

    /** The testimony's length with the first handling of a row, or {@link #NEVER}. */
    long firstHandled(int transaction, int row) {
        return firstHandled[transaction][row];
    }

    String tell(int transaction) {
        ReferenceTransaction told = transaction(transaction);
        return "transaction " + told.xid() + " ending at "
                + LogSequenceNumber.valueOf(told.end()).asString();
    }

    String tell(Place place) {
        ReferenceRow row = transaction(place.transaction).rows().get(place.row);
        return tell(place.transaction) + ", row change " + row.ordinal() + ", " + row.operation() + " of " + row.table()
                + " " + row.key();
    }
}
