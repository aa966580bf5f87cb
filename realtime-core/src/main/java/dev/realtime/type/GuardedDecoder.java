package dev.realtime.type;

import dev.realtime.error.DecodingException;
import org.jspecify.annotations.Nullable;

/** A user's decoder, held to the contract of {@link TypeDecoder}. Thread-safe where the decoder is. */
final class GuardedDecoder implements TypeDecoder<Object> {

    private final String qualifiedName;
    private final TypeDecoder<?> decoder;

    GuardedDecoder(String qualifiedName, TypeDecoder<?> decoder) {
        this.qualifiedName = qualifiedName;
        this.decoder = decoder;
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) {
        Object value;
        try {
            value = decoder.decode(bytes, offset, length);
        } catch (DecodingException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e);
        }
        return nonNull(value);
    }

    /** Without the cause: the messages of exceptions such as NumberFormatException hold the value. Where it happened stays. */
    private DecodingException failed(RuntimeException e) {
        DecodingException failed = new DecodingException("Value of type " + qualifiedName
                + " cannot be decoded: the decoder registered for it threw "
                + e.getClass().getName());
        failed.setStackTrace(e.getStackTrace());
        return failed;
    }

    private Object nonNull(@Nullable Object value) {
        if (value == null) {
            throw new DecodingException(
                    "Value of type " + qualifiedName + " cannot be decoded: the decoder registered for it gave null");
        }
        return value;
    }
}
