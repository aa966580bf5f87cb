package dev.realtime.internal.replication;

/** Why a wait on the socket ended. Immutable. */
public enum Wake {
    /** Bytes are there: poll until nothing is left. */
    DATA,
    /** The deadline passed. */
    TIMEOUT,
    /** Nothing will come any more: the server closed the connection, or a stop was requested. */
    END
}
