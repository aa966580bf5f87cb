package dev.realtime.error;

import org.jspecify.annotations.Nullable;

/** No connection to the server could be had, or the one that was there is gone. */
public class ConnectException extends RealtimeException {

    private static final long serialVersionUID = 1L;

    /** Null where the server did not say it. */
    private final @Nullable String sqlState;

    /**
     * An error of the connection.
     *
     * @param message which server, as whom, and what it said
     * @param sqlState the SQLSTATE (manual, appendix A) that the server or the driver gave, if any
     * @param cause the error beneath it
     */
    public ConnectException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    /**
     * The SQLSTATE that the server or the driver gave.
     *
     * @return five characters (manual, appendix A), or null where there was none
     */
    public @Nullable String sqlState() {
        return sqlState;
    }
}
