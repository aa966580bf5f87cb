package dev.realtime.internal.pgoutput;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Puts a tuple together out of the columns of others, in the bytes that the server would have sent. For use by one thread. */
public final class TupleBuilder {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> columns = new ArrayList<>();

    /** A tuple without columns. */
    public TupleBuilder() {}

    /** Adds a column that is null. */
    public void addNull() {
        begin('n');
    }

    /** Adds a column whose value is not sent. */
    public void addUnsent() {
        begin('u');
    }

    /**
     * Adds a column of another tuple.
     *
     * @param tuple the other tuple
     * @param column the column's position there
     */
    public void add(Tuple tuple, int column) {
        if (tuple.isNull(column)) {
            addNull();
        } else if (tuple.isUnchanged(column)) {
            addUnsent();
        } else {
            begin(tuple.isBinary(column) ? 'b' : 't');
            int length = tuple.length(column);
            for (int shift = 24; shift >= 0; shift -= 8) {
                bytes.write(length >>> shift);
            }
            bytes.write(tuple.bytes(), tuple.offset(column), length);
        }
    }

    private void begin(char kind) {
        columns.add(bytes.size());
        bytes.write(kind);
    }

    /**
     * The tuple.
     *
     * @return the columns that were added, in their order
     */
    public Tuple build() {
        return new Tuple(
                bytes.toByteArray(),
                columns.stream().mapToInt(Integer::intValue).toArray(),
                bytes.size());
    }
}
