package dev.realtime.error;

import dev.realtime.wal.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * The server sent bytes that the replication protocol does not allow (manual, sections 54.4, 54.5 and 54.9). The stream
 * ends; nothing of the message counts as handled.
 */
public class ProtocolException extends RealtimeException {

    private static final long serialVersionUID = 1L;

    /** As {@link #messageType()} tells it. */
    private final String messageType;

    private final transient Lsn lsn;

    /**
     * An error of the protocol.
     *
     * @param messageType the kind of message, such as {@code Relation} or {@code 0x7a}
     * @param lsn the position the message came with
     * @param found what was wrong with it
     * @param cause the error beneath it
     */
    public ProtocolException(String messageType, Lsn lsn, String found, @Nullable Throwable cause) {
        super("Malformed message " + messageType + " at " + lsn + ": " + found, cause);
        this.messageType = messageType;
        this.lsn = lsn;
    }

    /**
     * The kind of message.
     *
     * @return its name in the manual, or its first byte where it is unknown
     */
    public String messageType() {
        return messageType;
    }

    /**
     * The position the message came with.
     *
     * @return the position in its envelope
     */
    public Lsn lsn() {
        return lsn;
    }
}
