package dev.realtime.internal.decoding.output;

import dev.realtime.internal.decoding.binary.BinaryReader;

/** The types of text, and those that have other texts of their own. Thread-safe. */
final class StringOutput {

    private static final int MOST_BEFORE_SEPARATOR = 3;

    private StringOutput() {}

    /** What has the same bytes in both forms. */
    static void same(BinaryReader in, TextBuffer out) {
        int length = in.remaining();
        out.octets(in.array(), in.skip(length), length);
    }

    /** Int8 version, which is 1, and the text. */
    static void versioned(BinaryReader in, TextBuffer out) {
        if (in.int8() != 1) {
            throw in.malformed("version 1 of the form");
        }
        same(in, out);
    }

    /** {@code "char"} (manual, section 8.3): a byte, nothing for 0; {@code \ooo} from 16 on where it is none of ASCII. */
    static void singleByte(BinaryReader in, TextBuffer out) {
        byte value = in.int8();
        if (value < 0) {
            out.ascii('\\').ascii(Integer.toOctalString(value & 0xff));
        } else if (value > 0) {
            out.octet(value);
        }
    }

    /** {@code \x00ff}. */
    static void bytea(BinaryReader in, TextBuffer out) {
        out.ascii("\\x");
        while (in.remaining() > 0) {
            NetworkOutput.hexDigits(in.int8(), out);
        }
    }

    /** Int32 number of bits, the bits, filled up to whole bytes: {@code 101}. */
    static void bits(BinaryReader in, TextBuffer out) {
        int count = in.int32();
        if (count < 0 || (count + 7L) / Byte.SIZE != in.remaining()) {
            throw in.malformed("as many bits as it says");
        }
        byte octet = 0;
        for (int i = 0; i < count; i++) {
            octet = i % Byte.SIZE == 0 ? in.int8() : octet;
            out.ascii((octet & 0x80 >> i % Byte.SIZE) != 0 ? '1' : '0');
        }
    }

    /** money (manual, section 8.2) under {@code lc_monetary=C}: Int64 of hundredths, {@code -$1,234.50}. */
    static void money(BinaryReader in, TextBuffer out) {
        long hundredths = in.int64();
        String digits = Long.toUnsignedString(Math.abs(hundredths)); // also the smallest, which has no opposite
        String padded = "000".substring(Math.min(3, digits.length())) + digits;
        int whole = padded.length() - 2;
        out.ascii(hundredths < 0 ? "-$" : "$");
        for (int i = 0; i < whole; i++) {
            out.ascii(i > 0 && (whole - i) % MOST_BEFORE_SEPARATOR == 0 ? "," : "")
                    .ascii(padded.charAt(i));
        }
        out.ascii('.').ascii(padded.substring(whole));
    }
}
