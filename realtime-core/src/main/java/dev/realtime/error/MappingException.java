package dev.realtime.error;

import org.jspecify.annotations.Nullable;

/** A row cannot become its entity. The message names entity, attribute, table and column, never a value. */
public class MappingException extends RealtimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error of one row or one mapping.
     *
     * @param message entity, attribute and column, what was expected and found
     */
    public MappingException(String message) {
        super(message);
    }

    /**
     * An error of one row or one mapping.
     *
     * @param message entity, attribute and column, what was expected and found
     * @param cause the error beneath it
     */
    public MappingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
