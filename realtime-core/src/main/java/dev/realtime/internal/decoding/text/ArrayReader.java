package dev.realtime.internal.decoding.text;

import dev.realtime.type.TypeDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text of one array, from left to right. Confined to the thread that decodes. */
final class ArrayReader {

    /** The server's MAXDIM. It also bounds the recursion. */
    private static final int MOST_DIMENSIONS = 6;

    private static final @Nullable Object[] EMPTY = {};

    private final byte[] bytes;
    private final int end;
    private final TypeDecoder<?> element;
    private final char delimiter;
    private final int[] lengths = new int[MOST_DIMENSIONS];
    private int dimensions;
    private int at;

    ArrayReader(byte[] bytes, int offset, int end, TypeDecoder<?> element, char delimiter) {
        this.bytes = bytes;
        this.at = offset;
        this.end = end;
        this.element = element;
        this.delimiter = delimiter;
    }

    @Nullable
    Object[] read() {
        skipBounds();
        if (end - at == 2 && bytes[at] == '{' && bytes[at + 1] == '}') {
            return EMPTY;
        }
        @Nullable Object[] array = dimension(0);
        if (at != end) {
            throw malformed();
        }
        return array;
    }

    /** {@code [0:1][-3:2]=}, which is there where a lower bound is not 1. Java's bounds begin at 0 whatever it says. */
    private void skipBounds() {
        if (at == end || bytes[at] != '[') {
            return;
        }
        while (peek() != '=') {
            byte next = bytes[at++];
            if ((next < '0' || next > '9') && next != '[' && next != ']' && next != ':' && next != '-' && next != '+') {
                throw malformed();
            }
        }
        at++;
    }

    private @Nullable Object[] dimension(int depth) {
        if (depth == MOST_DIMENSIONS || peek() != '{') {
            throw malformed();
        }
        at++;
        boolean nested = peek() == '{';
        if (!nested) {
            requireSame(dimensions == 0, dimensions, depth + 1);
            dimensions = depth + 1;
        }
        List<@Nullable Object> items = new ArrayList<>();
        byte next;
        do {
            items.add(nested ? dimension(depth + 1) : item());
            next = peek();
            at++;
        } while (next == delimiter);
        if (next != '}') {
            throw malformed();
        }
        requireSame(lengths[depth] == 0, lengths[depth], items.size());
        lengths[depth] = items.size();
        return items.toArray();
    }

    /** An array is a box: all parts of a dimension are equally long and deep. */
    private static void requireSame(boolean first, int expected, int found) {
        if (!first && expected != found) {
            throw malformed();
        }
    }

    private @Nullable Object item() {
        return peek() == '"' ? quoted() : plain();
    }

    private @Nullable Object plain() {
        int from = at;
        byte next = peek();
        while (next != delimiter && next != '}') {
            if (next == '{' || next == '"' || next == '\\') {
                throw malformed();
            }
            at++;
            next = peek();
        }
        if (at == from) {
            throw malformed();
        }
        if (Words.is("NULL", bytes, from, at - from)) {
            return null;
        }
        return element.decode(bytes, from, at - from);
    }

    private Object quoted() {
        at++;
        int from = at;
        int escapes = 0;
        byte next = peek();
        while (next != '"') {
            if (next == '\\') {
                escapes++;
                at++;
                peek();
            }
            at++;
            next = peek();
        }
        int to = at++;
        if (escapes == 0) {
            return element.decode(bytes, from, to - from);
        }
        byte[] text = unescaped(from, to, escapes);
        return element.decode(text, 0, text.length);
    }

    private byte[] unescaped(int from, int to, int escapes) {
        byte[] text = Arrays.copyOfRange(bytes, from, to - escapes);
        int size = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                i++;
            }
            text[size++] = bytes[i];
        }
        return text;
    }

    private byte peek() {
        if (at >= end) {
            throw malformed();
        }
        return bytes[at];
    }

    private static RuntimeException malformed() {
        return Malformed.value("array", "the text form of an array");
    }
}
