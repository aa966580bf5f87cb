package dev.realtime.internal.decoding.text;

import dev.realtime.error.DecodingException;
import dev.realtime.type.TypeDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of one composite value, from left to right: {@code (1,"x, ""y""",,"")} has four fields, the third NULL
 * (manual, section 8.16.6). Confined to the thread that decodes.
 */
final class CompositeReader {

    private final String type;
    private final byte[] bytes;
    private final int end;
    private final List<TypeDecoder<?>> fields;
    private int at;

    CompositeReader(String type, byte[] bytes, int offset, int end, List<TypeDecoder<?>> fields) {
        this.type = type;
        this.bytes = bytes;
        this.at = offset;
        this.end = end;
        this.fields = fields;
    }

    List<@Nullable Object> read() {
        expect('(');
        List<@Nullable Object> values = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                expect(',');
            }
            values.add(field(fields.get(i)));
        }
        expect(')');
        if (at != end) {
            throw malformed();
        }
        return Collections.unmodifiableList(values);
    }

    private @Nullable Object field(TypeDecoder<?> decoder) {
        int start = at;
        // What is quoted never grows, so that the rest of the value has room for it.
        byte[] text = new byte[fieldEnd() - start];
        int size = 0;
        boolean quoted = false;
        boolean inQuotes = false;
        for (int i = start; i < at; i++) {
            byte next = bytes[i];
            if (next == '\\') {
                text[size++] = bytes[++i];
            } else if (next != '"') {
                text[size++] = next;
            } else if (inQuotes && i + 1 < at && bytes[i + 1] == '"') {
                text[size++] = bytes[++i];
            } else {
                inQuotes = !inQuotes;
                quoted = true;
            }
        }
        return size == 0 && !quoted ? null : decoder.decode(text, 0, size);
    }

    /** Moves behind the field, to the comma or the parenthesis. */
    private int fieldEnd() {
        boolean inQuotes = false;
        while (at < end && (inQuotes || bytes[at] != ',' && bytes[at] != ')')) {
            if (bytes[at] == '"') {
                inQuotes = !inQuotes;
            } else if (bytes[at] == '\\') {
                at++;
            }
            at++;
        }
        if (at >= end || inQuotes) {
            throw malformed();
        }
        return at;
    }

    private void expect(char next) {
        if (at >= end || bytes[at] != next) {
            throw malformed();
        }
        at++;
    }

    private DecodingException malformed() {
        return Malformed.value(type, "the text form of a composite value of " + fields.size() + " fields");
    }
}
