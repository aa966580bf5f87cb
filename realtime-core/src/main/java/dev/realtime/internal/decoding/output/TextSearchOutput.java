package dev.realtime.internal.decoding.output;

import dev.realtime.internal.decoding.binary.BinaryReader;

/**
 * tsvector (manual, section 8.11.1): Int32 number of lexemes, of each its string, Int16 number of places, and of each place
 * Int16: two bits of weight, fourteen of position. Thread-safe.
 */
final class TextSearchOutput {

    private static final String WEIGHTS = "DCBA";
    private static final int POSITION_BITS = 14;

    private TextSearchOutput() {}

    /** {@code 'a':1A,2 'b'}. */
    static void tsvector(BinaryReader in, TextBuffer out) {
        int count = in.count(1 + Short.BYTES);
        for (int i = 0; i < count; i++) {
            out.ascii(i > 0 ? " " : "");
            lexeme(in, out);
            int places = in.int16() & 0xffff;
            for (int place = 0; place < places; place++) {
                int entry = in.int16() & 0xffff;
                out.ascii(place == 0 ? ':' : ',').number(entry & (1 << POSITION_BITS) - 1);
                int weight = entry >> POSITION_BITS;
                out.ascii(weight > 0 ? WEIGHTS.substring(weight, weight + 1) : "");
            }
        }
    }

    /** In single quotes, with quotes and backslashes doubled. */
    static void lexeme(BinaryReader in, TextBuffer out) {
        int start = in.position();
        int length = in.stringLength();
        out.ascii('\'');
        for (int i = start; i < start + length; i++) {
            byte next = in.array()[i];
            if (next == '\'' || next == '\\') {
                out.octet(next);
            }
            out.octet(next);
        }
        out.ascii('\'');
    }
}
