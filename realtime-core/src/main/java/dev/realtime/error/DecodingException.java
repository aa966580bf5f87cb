package dev.realtime.error;

import org.jspecify.annotations.Nullable;

/** A column's value cannot be decoded, or Java has no value for it. The message names the type, never the value. */
public class DecodingException extends RealtimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error of one value.
     *
     * @param message the type and what was expected
     * @param cause the error beneath it; must not carry the value
     */
    public DecodingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * An error of one value.
     *
     * @param message the type and what was expected
     */
    public DecodingException(String message) {
        super(message);
    }
}
