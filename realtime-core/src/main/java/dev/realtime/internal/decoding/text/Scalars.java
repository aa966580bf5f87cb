package dev.realtime.internal.decoding.text;

import java.util.UUID;

/** bool and uuid (manual, sections 8.6 and 8.12). Thread-safe. */
final class Scalars {

    private static final int UUID_LENGTH = 36;

    private Scalars() {}

    /** {@code t} or {@code f}. */
    static Boolean bool(byte[] bytes, int offset, int length) {
        if (length == 1 && bytes[offset] == 't') {
            return Boolean.TRUE;
        }
        if (length == 1 && bytes[offset] == 'f') {
            return Boolean.FALSE;
        }
        throw Malformed.value("bool", "t or f");
    }

    /** Groups of 8, 4, 4, 4 and 12 hexadecimal digits. */
    static UUID uuid(byte[] bytes, int offset, int length) {
        if (length != UUID_LENGTH
                || bytes[offset + 8] != '-'
                || bytes[offset + 13] != '-'
                || bytes[offset + 18] != '-'
                || bytes[offset + 23] != '-') {
            throw malformedUuid();
        }
        long a = Hex.digits(bytes, offset, 8);
        long b = Hex.digits(bytes, offset + 9, 4);
        long c = Hex.digits(bytes, offset + 14, 4);
        long d = Hex.digits(bytes, offset + 19, 4);
        long e = Hex.digits(bytes, offset + 24, 12);
        if ((a | b | c | d | e) < 0) {
            throw malformedUuid();
        }
        return new UUID(a << 32 | b << 16 | c, d << 48 | e);
    }

    private static RuntimeException malformedUuid() {
        return Malformed.value("uuid", "32 hexadecimal digits in groups of 8, 4, 4, 4 and 12");
    }
}
