package dev.realtime.internal.pgoutput;

import dev.realtime.error.ProtocolException;
import dev.realtime.wal.Lsn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one message, big-endian, and never past its end: what is missing or left over is a {@link ProtocolException}.
 * Confined to the thread that decodes.
 */
final class MessageReader {

    private final byte[] array;
    private final int end;
    private final long lsn;
    private String messageType = "?";
    private int position;

    /**
     * @param array holds the message; its bytes are not copied
     * @param offset the message's first byte: its type
     * @param length how many bytes it has
     * @param lsn the position it came with, for errors
     */
    MessageReader(byte[] array, int offset, int length, long lsn) {
        this.array = array;
        this.position = offset;
        this.end = offset + length;
        this.lsn = lsn;
    }

    void messageType(String name) {
        messageType = name;
    }

    byte[] array() {
        return array;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int int8() {
        need(1);
        return array[position++] & 0xFF;
    }

    int int32() {
        need(Integer.BYTES);
        int value = int32(array, position);
        position += Integer.BYTES;
        return value;
    }

    long int64() {
        return (long) int32() << 32 | int32() & 0xFFFF_FFFFL;
    }

    /** An Int16 that counts something. */
    int count16(String what) {
        need(Short.BYTES);
        int count = (short) ((array[position] & 0xFF) << 8 | array[position + 1] & 0xFF);
        position += Short.BYTES;
        if (count < 0) {
            throw malformed("it announces " + count + " " + what);
        }
        return count;
    }

    /** An Int32 that says how many bytes follow: no more than there are. */
    int length32(String what) {
        int length = int32();
        if (length < 0 || length > remaining()) {
            throw malformed(what + " announces " + length + " bytes and has " + remaining());
        }
        return length;
    }

    void skip(int length) {
        need(length);
        position += length;
    }

    byte[] bytes(int length) {
        need(length);
        position += length;
        return Arrays.copyOfRange(array, position - length, position);
    }

    /** A string that ends with a zero byte. */
    String string() {
        for (int i = position; i < end; i++) {
            if (array[i] == 0) {
                String string = new String(array, position, i - position, StandardCharsets.UTF_8);
                position = i + 1;
                return string;
            }
        }
        throw malformed("a string has no end");
    }

    void expect(char mark) {
        int found = int8();
        if (found != mark) {
            throw malformed("expected " + mark + ", found " + hex(found));
        }
    }

    void expectEnd() {
        if (position != end) {
            throw malformed(remaining() + " bytes are left over");
        }
    }

    ProtocolException malformed(String found) {
        return new ProtocolException(messageType, Lsn.of(lsn), found, null);
    }

    private void need(int bytes) {
        if (bytes > end - position) {
            throw malformed("it ends " + (bytes - (end - position)) + " bytes too early");
        }
    }

    static int int32(byte[] array, int position) {
        return (array[position] & 0xFF) << 24
                | (array[position + 1] & 0xFF) << 16
                | (array[position + 2] & 0xFF) << 8
                | array[position + 3] & 0xFF;
    }

    static String hex(int letter) {
        return "0x" + Integer.toHexString(letter);
    }
}
