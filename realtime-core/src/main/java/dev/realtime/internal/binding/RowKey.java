package dev.realtime.internal.binding;

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
