package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import dev.realtime.error.RealtimeException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the errors of this package. The messages of parsers, converters and setters often hold the value that they
 * refused, so of an error that is not our own only its class and its stack are kept, never its message. Thread-safe.
 */
final class Failure {

    private Failure() {}

    /**
     * @param what what cannot become what, without a value
     * @param cause the error beneath it
     */
    static MappingException of(String what, Throwable cause) {
        String why = isOurs(cause)
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getName();
        return new MappingException(
                what + ": " + why, cause instanceof RealtimeException ? cause : withoutMessage(cause));
    }

    private static boolean isOurs(Throwable cause) {
        return cause instanceof RealtimeException || cause instanceof Refusal.Mismatch;
    }

    private static Throwable withoutMessage(Throwable cause) {
        Throwable deeper = cause.getCause();
        return new Silenced(cause, deeper == null || deeper == cause ? null : withoutMessage(deeper));
    }

    /** An error of other code without its message. */
    private static final class Silenced extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Silenced(Throwable original, @Nullable Throwable cause) {
            super(original.getClass().getName(), cause);
            setStackTrace(original.getStackTrace());
        }
    }
}
