package dev.realtime.type;

import dev.realtime.error.DecodingException;

/**
 * Makes a Java value of the bytes that the server writes for a type: the text of its output function, in UTF-8, or, where
 * it was {@linkplain TypeRegistry.Builder#registerBinary registered for that}, the bytes of its send function. A decoder
 * holds no state that a call changes: it is called from many threads at once. Thread-safe.
 *
 * @param <T> the Java value; should be immutable, or new at each call
 */
@FunctionalInterface
public interface TypeDecoder<T> {

    /**
     * Decodes one value that is not NULL.
     *
     * <p>The array belongs to the caller and holds other values around this one: a decoder reads only the given part, changes
     * nothing, and keeps no reference to it in the value or elsewhere.
     *
     * @param bytes the array the value stands in
     * @param offset the index of its first byte; the caller has checked that the part lies inside the array
     * @param length how many bytes it has; 0 for an empty text
     * @return the value, never null
     * @throws DecodingException where the bytes are not a value of this type, or Java has no value for it; the message does
     *     not hold the value
     */
    T decode(byte[] bytes, int offset, int length);
}
