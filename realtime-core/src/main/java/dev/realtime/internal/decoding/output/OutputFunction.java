package dev.realtime.internal.decoding.output;

import dev.realtime.internal.decoding.binary.BinaryReader;

/** A type's output function, for values that its send function has written. Thread-safe. */
@FunctionalInterface
public interface OutputFunction {

    /**
     * Writes a value's text.
     *
     * @param in stands at the value, which it has to itself
     * @param out takes the text
     * @throws dev.realtime.error.DecodingException where the bytes are not a value of the type
     */
    void write(BinaryReader in, TextBuffer out);
}
