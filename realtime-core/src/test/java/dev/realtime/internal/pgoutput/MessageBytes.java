package dev.realtime.internal.pgoutput;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds messages as the server would, byte by byte. */
public final class MessageBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public static MessageBytes of(char type) {
        return new MessageBytes().int8(type);
    }

    public MessageBytes int8(int value) {
        out.write(value);
        return this;
    }

    public MessageBytes int16(int value) {
        return int8(value >> 8).int8(value);
    }

    public MessageBytes int32(int value) {
        return int16(value >> 16).int16(value);
    }

    public MessageBytes int64(long value) {
        return int32((int) (value >> 32)).int32((int) value);
    }

    public MessageBytes string(String value) {
        out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        return int8(0);
    }

    /** A tuple: null is a null, {@link #UNCHANGED} an unchanged value, everything else text. */
    public MessageBytes tuple(String... values) {
        int16(values.length);
        for (String value : values) {
            if (value == null) {
                int8('n');
            } else if (value == UNCHANGED) {
                int8('u');
            } else {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                int8('t').int32(text.length);
                out.writeBytes(text);
            }
        }
        return this;
    }

    @SuppressWarnings("StringOperationCanBeSimplified")
    public static final String UNCHANGED = new String("unchanged");

    public byte[] bytes() {
        return out.toByteArray();
    }

    public PgOutputMessage decoded() {
        return decode(bytes());
    }

    public static PgOutputMessage decode(byte[] message) {
        // Inside a larger array: a decoder that ignores offset or length reads rubbish.
        byte[] array = new byte[message.length + 14];
        Arrays.fill(array, (byte) 't');
        System.arraycopy(message, 0, array, 7, message.length);
        return PgOutputDecoder.decode(array, 7, message.length, 0x16B374D848L);
    }

    // The messages that tests of the rooms above are made of.

    public static PgOutputMessage begin(long finalLsn, int xid) {
        return of('B').int64(finalLsn).int64(0).int32(xid).decoded();
    }

    public static PgOutputMessage commit(long commitLsn, long endLsn) {
        return of('C').int8(0).int64(commitLsn).int64(endLsn).int64(0).decoded();
    }

    /** A relation in schema public whose columns are all text; the first is its key, or all are under FULL. */
    public static Relation relation(int id, String name, char identity, String... columns) {
        MessageBytes bytes =
                of('R').int32(id).string("public").string(name).int8(identity).int16(columns.length);
        for (int i = 0; i < columns.length; i++) {
            bytes.int8(identity == 'f' || identity != 'n' && i == 0 ? 1 : 0)
                    .string(columns[i])
                    .int32(25)
                    .int32(-1);
        }
        return (Relation) bytes.decoded();
    }

    public static PgOutputMessage insert(int relation, String... values) {
        return of('I').int32(relation).int8('N').tuple(values).decoded();
    }
}
