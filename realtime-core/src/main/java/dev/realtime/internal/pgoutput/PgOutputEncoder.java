package dev.realtime.internal.pgoutput;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a table and a change of it as the server sent them, for {@link PgOutputDecoder} to read again. A pure function.
 * Thread-safe.
 */
public final class PgOutputEncoder {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PgOutputEncoder() {}

    /**
     * Encodes one message.
     *
     * @param message a Relation, Insert, Update, Delete or Truncate
     * @return the bytes that decode to an equal message
     * @throws IllegalArgumentException where it is of another kind
     */
    public static byte[] encode(PgOutputMessage message) {
        PgOutputEncoder encoder = new PgOutputEncoder();
        if (message instanceof Relation relation) {
            encoder.relation(relation);
        } else if (message instanceof InsertMessage insert) {
            encoder.int8('I').int32(insert.relationId()).tuple('N', insert.after());
        } else if (message instanceof UpdateMessage update) {
            encoder.int8('U').int32(update.relationId());
            OldTuple before = update.before();
            if (before != null) {
                encoder.old(before);
            }
            encoder.tuple('N', update.after());
        } else if (message instanceof DeleteMessage delete) {
            encoder.int8('D').int32(delete.relationId()).old(delete.before());
        } else if (message instanceof TruncateMessage truncate) {
            encoder.truncate(truncate);
        } else {
            throw new IllegalArgumentException(message.getClass().getSimpleName() + " is no change of a table");
        }
        return encoder.out.toByteArray();
    }

    private void relation(Relation relation) {
        int8('R').int32(relation.id()).string(relation.schema()).string(relation.name());
        int8(
                switch (relation.identity()) {
                    case DEFAULT -> 'd';
                    case NOTHING -> 'n';
                    case FULL -> 'f';
                    case INDEX -> 'i';
                });
        int16(relation.columns().size());
        for (RelationColumn column : relation.columns()) {
            int8(column.identity() ? 1 : 0).string(column.name());
            int32(column.typeOid()).int32(column.typeModifier());
        }
    }

    private void truncate(TruncateMessage truncate) {
        int8('T').int32(truncate.relationIds().size());
        int8((truncate.cascade() ? 1 : 0) | (truncate.restartIdentity() ? 2 : 0));
        truncate.relationIds().forEach(this::int32);
    }

    private void old(OldTuple old) {
        tuple(old.whole() ? 'O' : 'K', old.tuple());
    }

    private void tuple(char mark, Tuple tuple) {
        int8(mark).int16(tuple.columnCount());
        for (int i = 0; i < tuple.columnCount(); i++) {
            if (tuple.isNull(i)) {
                int8('n');
            } else if (tuple.isUnchanged(i)) {
                int8('u');
            } else {
                int8(tuple.isBinary(i) ? 'b' : 't').int32(tuple.length(i));
                out.write(tuple.bytes(), tuple.offset(i), tuple.length(i));
            }
        }
    }

    private PgOutputEncoder int8(int value) {
        out.write(value);
        return this;
    }

    private PgOutputEncoder int16(int value) {
        return int8(value >> 8).int8(value);
    }

    private PgOutputEncoder int32(int value) {
        return int16(value >> 16).int16(value);
    }

    private PgOutputEncoder string(String value) {
        out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        return int8(0);
    }
}
