package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.Tuple;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The id of a row as the stream spells it, undecoded: two changes with equal keys are of the same entity. Two that PostgreSQL
 * takes for equal but spells differently (1.0 and 1.00) have different keys. Immutable.
 */
public final class RowKey {

    private final byte[] spelled;
    private final int hash;

    private RowKey(byte[] spelled) {
        this.spelled = spelled;
        this.hash = Arrays.hashCode(spelled);
    }

    /** Null where the row does not tell its id. */
    static @Nullable RowKey of(List<BoundAttribute> id, TupleRow row) {
        int length = 0;
        for (BoundAttribute attribute : id) {
            for (int column : attribute.columns()) {
                int bytes = row.spelledBytes(column);
                if (bytes < 0) {
                    return null;
                }
                length += bytes;
            }
        }
        return length == 0 ? null : new RowKey(spell(id, row, length));
    }

    private static byte[] spell(List<BoundAttribute> id, TupleRow row, int length) {
        byte[] spelled = new byte[length];
        int position = 0;
        for (BoundAttribute attribute : id) {
            for (int column : attribute.columns()) {
                position = row.spell(column, spelled, position);
            }
        }
        return spelled;
    }

    /** Null where a column is not there, not known, or null; a value that did not change may be found in the row before. */
    static @Nullable RowKey of(int[] columns, Tuple tuple, @Nullable Tuple before) {
        Tuple[] sent = new Tuple[columns.length];
        int length = 0;
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] < 0) {
                return null;
            }
            sent[i] = tuple.isUnchanged(columns[i]) && before != null ? before : tuple;
            if (sent[i].isUnchanged(columns[i]) || sent[i].isNull(columns[i])) {
                return null;
            }
            length += Integer.BYTES + sent[i].length(columns[i]);
        }
        byte[] spelled = new byte[length];
        int position = 0;
        for (int i = 0; i < columns.length; i++) {
            position = spell(sent[i], columns[i], spelled, position);
        }
        return length == 0 ? null : new RowKey(spelled);
    }

    /** Writes a value that was sent, as it came, behind its length; returns the position behind it. */
    static int spell(Tuple tuple, int column, byte[] into, int position) {
        int length = Integer.BYTES + tuple.length(column);
        System.arraycopy(tuple.bytes(), tuple.offset(column) - Integer.BYTES, into, position, length);
        return position + length; // its length lies before it, as it was sent
    }

    /**
     * About how much it takes in memory.
     *
     * @return bytes
     */
    public int size() {
        return spelled.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowKey key && Arrays.equals(spelled, key.spelled);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** No value: an id can be a secret too. */
    @Override
    public String toString() {
        return "key of " + spelled.length + " bytes";
    }
}
