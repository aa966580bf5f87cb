package dev.realtime.internal.decoding.output;

import dev.realtime.internal.decoding.binary.BinaryReader;

/**
 * inet, cidr, macaddr, macaddr8 (manual, section 8.9). An address: Int8 family (2 or 3), Int8 bits of the netmask, Int8
 * whether it is a cidr, Int8 number of bytes, the bytes. Thread-safe.
 */
final class NetworkOutput {

    private static final int IPV4 = 2;
    private static final int IPV6 = 3;
    private static final int WORDS = 8;

    private NetworkOutput() {}

    /** A netmask only where it is not of the whole address. */
    static void inet(BinaryReader in, TextBuffer out) {
        address(in, out, false);
    }

    static void cidr(BinaryReader in, TextBuffer out) {
        address(in, out, true);
    }

    static void mac(BinaryReader in, TextBuffer out, int length) {
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                out.ascii(':');
            }
            hexDigits(in.int8(), out);
        }
    }

    static void hexDigits(byte octet, TextBuffer out) {
        out.ascii(Character.forDigit(octet >> 4 & 0xf, 16)).ascii(Character.forDigit(octet & 0xf, 16));
    }

    private static void address(BinaryReader in, TextBuffer out, boolean maskAlways) {
        int family = in.int8();
        int bits = in.int8() & 0xff;
        in.int8();
        int length = in.int8();
        int wanted = family == IPV4 ? 4 : family == IPV6 ? 2 * WORDS : -1;
        if (length != wanted || bits > length * Byte.SIZE) {
            throw in.malformed("an address of IPv4 or IPv6 with its netmask");
        }
        if (family == IPV4) {
            ipv4(in.int32(), out);
        } else {
            ipv6(in, out);
        }
        if (maskAlways || bits < length * Byte.SIZE) {
            out.ascii('/').number(bits);
        }
    }

    private static void ipv4(int address, TextBuffer out) {
        for (int shift = 24; shift >= 0; shift -= Byte.SIZE) {
            out.number(address >>> shift & 0xff).ascii(shift > 0 ? "." : "");
        }
    }

    /** As {@code inet_net_ntop.c}: the first of the longest runs of zeros is a {@code ::}, an IPv4 address in it is one. */
    private static void ipv6(BinaryReader in, TextBuffer out) {
        int[] words = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = in.int16() & 0xffff;
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < WORDS; i++) {
            int end = i;
            while (end < WORDS && words[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
            i = Math.max(i, end - 1);
        }
        for (int i = 0; i < WORDS; i++) {
            if (start >= 0 && i >= start && i < start + length) {
                out.ascii(i == start ? ":" : "");
                continue;
            }
            out.ascii(i > 0 ? ":" : "");
            if (i == 6 && start == 0 && holdsIpv4(length, words)) {
                ipv4(words[6] << 16 | words[7], out);
                break;
            }
            out.ascii(Integer.toHexString(words[i]));
        }
        if (start >= 0 && start + length == WORDS) {
            out.ascii(':');
        }
    }

    private static boolean holdsIpv4(int zeros, int[] words) {
        return zeros == 6 || zeros == 7 && words[7] != 1 || zeros == 5 && words[5] == 0xffff;
    }
}
