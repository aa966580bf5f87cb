package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.OldTuple;
import dev.realtime.internal.pgoutput.Tuple;
import dev.realtime.mapping.Row;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tuple as a row: it knows which columns PostgreSQL sent. Immutable. */
final class TupleRow implements Row {

    private final RelationDecoders decoders;
    private final Tuple tuple;
    /** Whether only the columns of the replica identity are known. */
    private final boolean keyOnly;
    /** Where values that did not change, and so were not sent, may be found. */
    private final @Nullable TupleRow before;

    /** Whether the entity came or went with the change. */
    private final boolean whole;

    private TupleRow(
            RelationDecoders decoders, Tuple tuple, boolean keyOnly, @Nullable TupleRow before, boolean whole) {
        this.decoders = decoders;
        this.tuple = tuple;
        this.keyOnly = keyOnly;
        this.before = before;
        this.whole = whole;
    }

    static TupleRow inserted(RelationDecoders decoders, Tuple tuple) {
        return new TupleRow(decoders, tuple, false, null, true);
    }

    static TupleRow deleted(RelationDecoders decoders, OldTuple old) {
        return new TupleRow(decoders, old.tuple(), !old.whole(), null, true);
    }

    static TupleRow before(RelationDecoders decoders, OldTuple old) {
        return new TupleRow(decoders, old.tuple(), !old.whole(), null, false);
    }

    static TupleRow after(RelationDecoders decoders, Tuple tuple, @Nullable TupleRow before) {
        return new TupleRow(decoders, tuple, false, before, false);
    }

    @Override
    public boolean isWhole() {
        return whole;
    }

    @Override
    public boolean isKnown(int column) {
        return isSent(column) || tuple.isUnchanged(column) && before != null && before.isSent(column);
    }

    @Override
    public @Nullable Object value(int column) {
        if (isSent(column)) {
            return decoders.decode(tuple, column);
        }
        if (!tuple.isUnchanged(column) || before == null) {
            throw new IllegalStateException("PostgreSQL did not send column " + column);
        }
        return before.value(column);
    }

    /** Whether this row's value of a column differs from that of the row before, by its bytes; both are known. */
    boolean differs(int column, TupleRow old) {
        if (tuple.isUnchanged(column)) {
            return false;
        }
        Tuple other = old.tuple;
        if (tuple.isNull(column) || other.isNull(column)) {
            return tuple.isNull(column) != other.isNull(column);
        }
        int start = tuple.offset(column);
        int otherStart = other.offset(column);
        return !Arrays.equals(
                tuple.bytes(),
                start,
                start + tuple.length(column),
                other.bytes(),
                otherStart,
                otherStart + other.length(column));
    }

    /** How many bytes a value takes as it came, with its length before it; -1 where it is not known, or null. */
    int spelledBytes(int column) {
        if (!isSent(column)) {
            return tuple.isUnchanged(column) && before != null ? before.spelledBytes(column) : -1;
        }
        return tuple.isNull(column) ? -1 : Integer.BYTES + tuple.length(column);
    }

    /** Writes a value that is known and not null, as it came, behind its length; returns the position behind it. */
    int spell(int column, byte[] into, int position) {
        if (!isSent(column)) {
            return Objects.requireNonNull(before).spell(column, into, position);
        }
        return RowKey.spell(tuple, column, into, position);
    }

    private boolean isSent(int column) {
        return !tuple.isUnchanged(column) && (!keyOnly || decoders.isIdentity(column));
    }
}
