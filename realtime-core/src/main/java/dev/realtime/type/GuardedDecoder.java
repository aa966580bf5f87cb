package dev.realtime.type;

import dev.realtime.error.DecodingException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A user's decoder, held to the contract of {@link TypeDecoder}. Thread-safe where the decoder is. */
final class GuardedDecoder implements TypeDecoder<Object> {

    private final String type;
    private final TypeDecoder<?> decoder;

    GuardedDecoder(String type, TypeDecoder<?> decoder) {
        this.type = type;
        this.decoder = decoder;
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) {
        return guarded(type, () -> decoder.decode(bytes, offset, length));
    }

    static Function<List<@Nullable Object>, Object> guarded(String type, Function<List<@Nullable Object>, ?> maker) {
        return fields -> guarded(type, () -> maker.apply(fields));
    }

    private static Object guarded(String type, Supplier<? extends @Nullable Object> call) {
        Object value;
        try {
            value = call.get();
        } catch (DecodingException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(type, e);
        }
        if (value == null) {
            throw new DecodingException(
                    "Value of type " + type + " cannot be decoded: the decoder registered for it gave null");
        }
        return value;
    }

    /** Without the cause: the messages of exceptions such as NumberFormatException hold the value. Where it happened stays. */
    private static DecodingException failed(String type, RuntimeException e) {
        DecodingException failed = new DecodingException("Value of type " + type
                + " cannot be decoded: the decoder registered for it threw "
                + e.getClass().getName());
        failed.setStackTrace(e.getStackTrace());
        return failed;
    }
}
