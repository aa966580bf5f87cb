package dev.realtime.internal.decoding.output;

import java.util.Arrays;

/** Text in UTF-8 that grows. Confined to the thread that decodes. */
public final class TextBuffer {

    private byte[] bytes = new byte[64];
    private int size;

    /**
     * The array that holds the text.
     *
     * @return it may be larger than the text
     */
    public byte[] array() {
        return bytes;
    }

    /**
     * How long the text is.
     *
     * @return bytes
     */
    public int size() {
        return size;
    }

    TextBuffer ascii(char character) {
        return octet((byte) character);
    }

    TextBuffer ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            octet((byte) text.charAt(i));
        }
        return this;
    }

    TextBuffer octet(byte octet) {
        grow(1);
        bytes[size++] = octet;
        return this;
    }

    TextBuffer octets(byte[] from, int offset, int length) {
        grow(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
        return this;
    }

    TextBuffer number(long number) {
        return ascii(Long.toString(number));
    }

    private void grow(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
