package dev.realtime.internal.decoding.binary;

import dev.realtime.error.DecodingException;
import java.util.Arrays;

/**
 * Reads one value in binary form from left to right, and nothing outside it. What is not there is a {@link
 * DecodingException} that names the type. Confined to the thread that decodes.
 */
public final class BinaryReader {

    private final String type;
    private final byte[] bytes;
    private final int end;
    private int at;

    /**
     * A reader of a part of an array.
     *
     * @param type the value's type, for messages
     * @param bytes the array
     * @param offset where the value begins in it
     * @param length how many bytes it has
     */
    public BinaryReader(String type, byte[] bytes, int offset, int length) {
        this.type = type;
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - at;
    }

    /** The array, of which the value is a part. Nobody may write to it. */
    public byte[] array() {
        return bytes;
    }

    /** Where in the array the next byte stands. */
    public int position() {
        return at;
    }

    /** One byte, signed. */
    public byte int8() {
        require(1);
        return bytes[at++];
    }

    /** Two bytes, signed. */
    public short int16() {
        require(Short.BYTES);
        int value = (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        at += Short.BYTES;
        return (short) value;
    }

    /** Four bytes, signed. */
    public int int32() {
        require(Integer.BYTES);
        int value = (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
        at += Integer.BYTES;
        return value;
    }

    /** Eight bytes, signed. */
    public long int64() {
        require(Long.BYTES);
        return (long) int32() << 32 | int32() & 0xffff_ffffL;
    }

    /** Four bytes that say how many elements follow, each of so many bytes at least. */
    public int count(int leastBytes) {
        int count = int32();
        if (count < 0 || (long) count * leastBytes > remaining()) {
            throw malformed("a count of elements that fits the bytes");
        }
        return count;
    }

    /** Four bytes that say how many bytes follow, or -1 for NULL. */
    public int lengthOrNull() {
        int length = int32();
        if (length < -1 || length > remaining()) {
            throw malformed("a length that fits the bytes");
        }
        return length;
    }

    /** A reader of the value that stands behind four bytes with its length; it must not be NULL. */
    public BinaryReader part(String partType) {
        int length = lengthOrNull();
        if (length < 0) {
            throw malformed("no NULL there");
        }
        return part(partType, length);
    }

    /** A reader of the next bytes. */
    public BinaryReader part(String partType, int length) {
        int start = skip(length);
        return new BinaryReader(partType, bytes, start, length);
    }

    /** Moves on; tells where the bytes begin. */
    public int skip(int count) {
        require(count);
        int start = at;
        at += count;
        return start;
    }

    /** A copy of the next bytes. */
    public byte[] copy(int count) {
        int start = skip(count);
        return Arrays.copyOfRange(bytes, start, start + count);
    }

    /** Moves behind the zero byte that ends a string, and tells how many bytes stand before it. */
    public int stringLength() {
        int from = at;
        while (at < end && bytes[at] != 0) {
            at++;
        }
        if (at == end) {
            throw malformed("a string that ends");
        }
        return at++ - from;
    }

    /** The value has been read whole. */
    public void end() {
        if (at != end) {
            throw malformed("no more bytes");
        }
    }

    /** The error of bytes that are not a value of the type. */
    public DecodingException malformed(String expected) {
        return new DecodingException("Malformed value of type " + type + " in binary form: expected " + expected);
    }

    private void require(int count) {
        if (count < 0 || count > end - at) {
            throw malformed("more bytes");
        }
    }
}
