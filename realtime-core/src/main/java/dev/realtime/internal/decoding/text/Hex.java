package dev.realtime.internal.decoding.text;

import java.util.Arrays;

/** Hexadecimal digits. Thread-safe. */
final class Hex {

    /** The value of each byte as a digit, or -1. Indexed by the unsigned byte, so that no byte lies outside. */
    private static final byte[] VALUES = values();

    private Hex() {}

    /** The value of a digit, or -1 where it is none. */
    static int digit(byte digit) {
        return VALUES[digit & 0xff];
    }

    /** The value of up to 15 digits, or a negative number where one of them is none. */
    static long digits(byte[] bytes, int offset, int count) {
        long value = 0;
        long wrong = 0;
        for (int i = offset; i < offset + count; i++) {
            long digit = VALUES[bytes[i] & 0xff];
            wrong |= digit;
            value = value << 4 | digit & 0xf;
        }
        return wrong < 0 ? -1 : value;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < 16; i++) {
            values[Character.forDigit(i, 16)] = (byte) i;
            values[Character.toUpperCase(Character.forDigit(i, 16))] = (byte) i;
        }
        return values;
    }
}
