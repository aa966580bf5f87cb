package dev.realtime.error;

import org.jspecify.annotations.Nullable;

/** The application asked for something that cannot be: a name that is no slot name, a class that is no entity. */
public class ConfigurationException extends RealtimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error without another beneath it.
     *
     * @param message what was asked for and what is possible
     */
    public ConfigurationException(String message) {
        super(message);
    }

    /**
     * An error and the one beneath it.
     *
     * @param message what was asked for and what is possible
     * @param cause the error beneath it
     */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
