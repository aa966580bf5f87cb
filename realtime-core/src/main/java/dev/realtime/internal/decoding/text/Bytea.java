package dev.realtime.internal.decoding.text;

import java.util.Arrays;

/**
 * bytea in both forms of {@code bytea_output} (manual, section 8.4). The session asks for {@code hex}; the escape form is
 * read too, since an element of an array or a copy of a row may have been made elsewhere. Thread-safe.
 */
final class Bytea {

    private Bytea() {}

    static byte[] bytea(byte[] bytes, int offset, int length) {
        // A backslash in escape form is doubled, so that only the hex form begins like this.
        if (length >= 2 && bytes[offset] == '\\' && bytes[offset + 1] == 'x') {
            return hex(bytes, offset + 2, length - 2);
        }
        return escape(bytes, offset, offset + length);
    }

    private static byte[] hex(byte[] bytes, int offset, int length) {
        if ((length & 1) != 0) {
            throw malformed();
        }
        byte[] value = new byte[length >> 1];
        int wrong = 0;
        int at = offset;
        for (int i = 0; i < value.length; i++) {
            int pair = Hex.digit(bytes[at++]) << 4 | Hex.digit(bytes[at++]);
            wrong |= pair;
            value[i] = (byte) pair;
        }
        if (wrong < 0) {
            throw malformed();
        }
        return value;
    }

    /** Printable bytes as they are, the backslash doubled, the others as a backslash and three octal digits. */
    private static byte[] escape(byte[] bytes, int offset, int end) {
        byte[] value = new byte[end - offset];
        int size = 0;
        int at = offset;
        while (at < end) {
            byte next = bytes[at++];
            if (next != '\\') {
                value[size++] = next;
            } else if (at < end && bytes[at] == '\\') {
                value[size++] = next;
                at++;
            } else if (end - at >= 3) {
                value[size++] = octal(bytes[at] - '0', bytes[at + 1] - '0', bytes[at + 2] - '0');
                at += 3;
            } else {
                throw malformed();
            }
        }
        return Arrays.copyOf(value, size);
    }

    private static byte octal(int high, int middle, int low) {
        if (high < 0 || high > 3 || middle < 0 || middle > 7 || low < 0 || low > 7) {
            throw malformed();
        }
        return (byte) (high << 6 | middle << 3 | low);
    }

    private static RuntimeException malformed() {
        return Malformed.value("bytea", "\\x and pairs of hexadecimal digits, or the escape form");
    }
}
