package dev.realtime.internal.decoding.output;

import dev.realtime.internal.decoding.binary.ArrayHeader;
import dev.realtime.internal.decoding.binary.BinaryReader;
import java.util.function.IntFunction;

/** Types that are made of others. Thread-safe. */
final class ContainerOutput {

    private static final int EMPTY = 0x01;
    private static final int LOWER_INCLUSIVE = 0x02;
    private static final int UPPER_INCLUSIVE = 0x04;
    private static final int LOWER_INFINITE = 0x08;
    private static final int UPPER_INFINITE = 0x10;

    private ContainerOutput() {}

    /** See {@code BinaryArrayReader}: {@code [0:1]={a,NULL}}. */
    static void array(BinaryReader in, TextBuffer out, int elementOid, char delimiter, OutputFunction element) {
        ArrayHeader header = ArrayHeader.read(in, elementOid);
        int[] lengths = header.lengths();
        if (lengths.length == 0) {
            out.ascii("{}");
            return;
        }
        bounds(header, out);
        dimension(in, out, lengths, 0, (part, text) -> Quoting.array(element, part, text, delimiter), delimiter);
    }

    private static void bounds(ArrayHeader header, TextBuffer out) {
        boolean usual = true;
        for (int bound : header.lowerBounds()) {
            usual &= bound == 1;
        }
        if (usual) {
            return;
        }
        for (int i = 0; i < header.lengths().length; i++) {
            int bound = header.lowerBounds()[i];
            out.ascii('[').number(bound).ascii(':');
            out.number(bound + header.lengths()[i] - 1).ascii(']');
        }
        out.ascii('=');
    }

    private static void dimension(
            BinaryReader in, TextBuffer out, int[] lengths, int depth, OutputFunction element, char delimiter) {
        out.ascii('{');
        for (int i = 0; i < lengths[depth]; i++) {
            if (i > 0) {
                out.ascii(delimiter);
            }
            if (depth + 1 < lengths.length) {
                dimension(in, out, lengths, depth + 1, element, delimiter);
                continue;
            }
            int length = in.lengthOrNull();
            if (length < 0) {
                out.ascii("NULL");
            } else {
                element.write(in.part("an element", length), out);
            }
        }
        out.ascii('}');
    }

    /** Int32 number of fields; of each Int32 OID of its type, Int32 length or -1 for NULL, value: {@code (1,"x y",)}. */
    static void composite(BinaryReader in, TextBuffer out, IntFunction<OutputFunction> fields) {
        int count = in.count(2 * Integer.BYTES);
        out.ascii('(');
        for (int i = 0; i < count; i++) {
            out.ascii(i > 0 ? "," : "");
            OutputFunction field = fields.apply(in.int32());
            int length = in.lengthOrNull();
            if (length >= 0) {
                Quoting.field(field, in.part("a field", length), out);
            }
        }
        out.ascii(')');
    }

    /** Int8 flags, the bounds that there are: {@code [1,5)}, {@code empty}. */
    static void range(BinaryReader in, TextBuffer out, OutputFunction bound) {
        int flags = in.int8();
        if ((flags & EMPTY) != 0) {
            out.ascii("empty");
            return;
        }
        out.ascii((flags & LOWER_INCLUSIVE) != 0 ? '[' : '(');
        if ((flags & LOWER_INFINITE) == 0) {
            Quoting.bound(bound, in.part("a bound"), out);
        }
        out.ascii(',');
        if ((flags & UPPER_INFINITE) == 0) {
            Quoting.bound(bound, in.part("a bound"), out);
        }
        out.ascii((flags & UPPER_INCLUSIVE) != 0 ? ']' : ')');
    }

    /** Int32 number of ranges, of each Int32 length and the range: {@code {[1,3),[5,7)}}. */
    static void multirange(BinaryReader in, TextBuffer out, OutputFunction range) {
        int count = in.count(Integer.BYTES + 1);
        out.ascii('{');
        for (int i = 0; i < count; i++) {
            out.ascii(i > 0 ? "," : "");
            BinaryReader part = in.part("a range");
            range.write(part, out);
            part.end();
        }
        out.ascii('}');
    }

    /** Int32 number of pairs; of each Int32 length of the key, the key, Int32 length of the value or -1, the value. */
    static void hstore(BinaryReader in, TextBuffer out) {
        int count = in.count(2 * Integer.BYTES);
        for (int i = 0; i < count; i++) {
            out.ascii(i > 0 ? ", " : "");
            Quoting.pair(in.part("a key"), out);
            out.ascii("=>");
            int length = in.lengthOrNull();
            if (length < 0) {
                out.ascii("NULL");
            } else {
                Quoting.pair(in.part("a value", length), out);
            }
        }
    }
}
