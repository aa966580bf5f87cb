package dev.realtime.internal.pgoutput;

import dev.realtime.error.ProtocolException;

/** Decodes messages of the plugin, protocol version 1. A pure function. Thread-safe. */
public final class PgOutputDecoder {

    private PgOutputDecoder() {}

    /**
     * Decodes one message.
     *
     * @param bytes holds the complete message from its type on; nobody may write to it afterwards, for tuples stay in it
     * @param offset where the message begins
     * @param length how many bytes it has
     * @param lsn the position in the message's envelope, for errors
     * @return the message
     * @throws ProtocolException where the bytes are not exactly one message of protocol version 1
     */
    public static PgOutputMessage decode(byte[] bytes, int offset, int length, long lsn) {
        MessageReader in = new MessageReader(bytes, offset, length, lsn);
        int type = in.int8();
        in.messageType(name(type));
        PgOutputMessage message = switch (type) {
            case 'I' -> InsertMessage.decode(in);
            case 'U' -> UpdateMessage.decode(in);
            case 'D' -> DeleteMessage.decode(in);
            case 'B' -> Begin.decode(in);
            case 'C' -> Commit.decode(in);
            case 'R' -> Relation.decode(in);
            case 'Y' -> TypeMessage.decode(in);
            case 'T' -> TruncateMessage.decode(in);
            case 'O' -> Origin.decode(in);
            case 'M' -> LogicalMessage.decode(in);
            default -> throw in.malformed("protocol version 1 has no such message");
        };
        in.expectEnd();
        return message;
    }

    private static String name(int type) {
        return switch (type) {
            case 'I' -> "Insert";
            case 'U' -> "Update";
            case 'D' -> "Delete";
            case 'B' -> "Begin";
            case 'C' -> "Commit";
            case 'R' -> "Relation";
            case 'Y' -> "Type";
            case 'T' -> "Truncate";
            case 'O' -> "Origin";
            case 'M' -> "Message";
            default -> MessageReader.hex(type);
        };
    }
}
