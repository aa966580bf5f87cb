package dev.realtime.internal.decoding.output;

import dev.realtime.internal.decoding.binary.ArrayHeader;
import dev.realtime.internal.decoding.binary.BinaryReader;
import java.util.Locale;

/** What names something in the server: positions in the log, rows, snapshots, lists of numbers. Thread-safe. */
final class IdentifierOutput {

    private IdentifierOutput() {}

    /** Int64: {@code 16/B374D848}. */
    static void lsn(BinaryReader in, TextBuffer out) {
        out.ascii(Integer.toHexString(in.int32()).toUpperCase(Locale.ROOT))
                .ascii('/')
                .ascii(Integer.toHexString(in.int32()).toUpperCase(Locale.ROOT));
    }

    /** Int32 block, Int16 place in it: {@code (0,1)}. */
    static void tid(BinaryReader in, TextBuffer out) {
        out.ascii('(').ascii(Integer.toUnsignedString(in.int32())).ascii(',');
        out.number(in.int16() & 0xffff).ascii(')');
    }

    /** Int32 number of open transactions, Int64 xmin, Int64 xmax, Int64 for each of them: {@code 10:20:10,14,15}. */
    static void snapshot(BinaryReader in, TextBuffer out) {
        int count = in.int32();
        out.ascii(Long.toUnsignedString(in.int64())).ascii(':');
        out.ascii(Long.toUnsignedString(in.int64())).ascii(':');
        if (count < 0 || count > in.remaining() / Long.BYTES) {
            throw in.malformed("as many transactions as the snapshot says");
        }
        for (int i = 0; i < count; i++) {
            out.ascii(i > 0 ? "," : "").ascii(Long.toUnsignedString(in.int64()));
        }
    }

    /** An array of one dimension, without braces: {@code 1 2 3}. */
    static void vector(BinaryReader in, TextBuffer out, int elementOid, OutputFunction element) {
        ArrayHeader header = ArrayHeader.read(in, elementOid);
        if (header.lengths().length > 1) {
            throw in.malformed("one dimension");
        }
        int count = header.lengths().length == 0 ? 0 : header.lengths()[0];
        for (int i = 0; i < count; i++) {
            out.ascii(i > 0 ? " " : "");
            BinaryReader item = in.part("an element");
            element.write(item, out);
            item.end();
        }
    }
}
