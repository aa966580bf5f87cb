package dev.realtime.internal.decoding.output;

import dev.realtime.internal.decoding.binary.BinaryReader;

/** The geometric types (manual, section 8.8): numbers of float8, and for those of many points how many. Thread-safe. */
final class GeometryOutput {

    private static final int POINT_BYTES = 2 * Double.BYTES;

    private GeometryOutput() {}

    /** {@code (x,y)}. */
    static void point(BinaryReader in, TextBuffer out) {
        out.ascii('(');
        number(in, out);
        out.ascii(',');
        number(in, out);
        out.ascii(')');
    }

    /** {@code {A,B,C}}. */
    static void line(BinaryReader in, TextBuffer out) {
        out.ascii('{');
        number(in, out);
        out.ascii(',');
        number(in, out);
        out.ascii(',');
        number(in, out);
        out.ascii('}');
    }

    /** {@code [(x,y),(x,y)]}. */
    static void lseg(BinaryReader in, TextBuffer out) {
        out.ascii('[');
        points(in, 2, out);
        out.ascii(']');
    }

    /** {@code (x,y),(x,y)}. */
    static void box(BinaryReader in, TextBuffer out) {
        points(in, 2, out);
    }

    /** Int8 whether it is closed, Int32 number of points: {@code ((x,y),...)} or {@code [(x,y),...]}. */
    static void path(BinaryReader in, TextBuffer out) {
        boolean closed = in.int8() != 0;
        out.ascii(closed ? '(' : '[');
        points(in, in.count(POINT_BYTES), out);
        out.ascii(closed ? ')' : ']');
    }

    /** Int32 number of points: {@code ((x,y),...)}. */
    static void polygon(BinaryReader in, TextBuffer out) {
        out.ascii('(');
        points(in, in.count(POINT_BYTES), out);
        out.ascii(')');
    }

    /** {@code <(x,y),r>}. */
    static void circle(BinaryReader in, TextBuffer out) {
        out.ascii('<');
        point(in, out);
        out.ascii(',');
        number(in, out);
        out.ascii('>');
    }

    private static void points(BinaryReader in, int count, TextBuffer out) {
        for (int i = 0; i < count; i++) {
            out.ascii(i > 0 ? "," : "");
            point(in, out);
        }
    }

    private static void number(BinaryReader in, TextBuffer out) {
        out.ascii(FloatOutput.float8(Double.longBitsToDouble(in.int64())));
    }
}
