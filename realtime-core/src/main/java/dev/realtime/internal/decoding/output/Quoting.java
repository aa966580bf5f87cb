package dev.realtime.internal.decoding.output;

import dev.realtime.internal.decoding.binary.BinaryReader;

/** How a value stands in another one's text (manual, sections 8.15.6, 8.16.6, 8.17.5). Thread-safe. */
final class Quoting {

    private Quoting() {}

    /** With a backslash before a quote or a backslash; in quotes where it would else be read otherwise. */
    static void array(OutputFunction element, BinaryReader in, TextBuffer out, char delimiter) {
        TextBuffer text = text(element, in);
        boolean quoted = text.size() == 0 || isNull(text) || hasAny(text, "{}\"\\" + delimiter);
        write(text, out, quoted, '\\');
    }

    /** With quotes and backslashes doubled. */
    static void field(OutputFunction field, BinaryReader in, TextBuffer out) {
        TextBuffer text = text(field, in);
        write(text, out, text.size() == 0 || hasAny(text, "\"\\(),"), '\0');
    }

    /** With quotes and backslashes doubled. */
    static void bound(OutputFunction bound, BinaryReader in, TextBuffer out) {
        TextBuffer text = text(bound, in);
        write(text, out, text.size() == 0 || hasAny(text, "\"\\()[],"), '\0');
    }

    /** Always in quotes, with a backslash before a quote or a backslash. */
    static void pair(BinaryReader in, TextBuffer out) {
        write(text(StringOutput::same, in), out, true, '\\');
    }

    private static TextBuffer text(OutputFunction function, BinaryReader in) {
        TextBuffer text = new TextBuffer();
        function.write(in, text);
        in.end();
        return text;
    }

    /** With this before a quote or a backslash, or the same again. */
    private static void write(TextBuffer text, TextBuffer out, boolean quoted, char escape) {
        if (!quoted) {
            out.octets(text.array(), 0, text.size());
            return;
        }
        out.ascii('"');
        for (int i = 0; i < text.size(); i++) {
            byte next = text.array()[i];
            if (next == '"' || next == '\\') {
                out.octet(escape == '\0' ? next : (byte) escape);
            }
            out.octet(next);
        }
        out.ascii('"');
    }

    private static boolean isNull(TextBuffer text) {
        byte[] bytes = text.array();
        return text.size() == 4
                && (bytes[0] | 0x20) == 'n'
                && (bytes[1] | 0x20) == 'u'
                && (bytes[2] | 0x20) == 'l'
                && (bytes[3] | 0x20) == 'l';
    }

    /** Whether it holds one of the characters, or white space. */
    private static boolean hasAny(TextBuffer text, String characters) {
        for (int i = 0; i < text.size(); i++) {
            byte next = text.array()[i];
            if (next == ' ' || next >= '\t' && next <= '\r' || next > 0 && characters.indexOf(next) >= 0) {
                return true;
            }
        }
        return false;
    }
}
