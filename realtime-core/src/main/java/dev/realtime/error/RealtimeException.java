package dev.realtime.error;

import org.jspecify.annotations.Nullable;

/** The root of every exception of this library. Its message never holds a row's values or a password. */
public class RealtimeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error without another beneath it.
     *
     * @param message what failed, where, and what to do next
     */
    public RealtimeException(String message) {
        super(message);
    }

    /**
     * An error and the one beneath it.
     *
     * @param message what failed, where, and what to do next
     * @param cause the error beneath it
     */
    public RealtimeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
