package dev.realtime.faultbed.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A client's first packet, which has no tag: Int32 length, Int32 code, for a start-up then name and value strings
 * (PostgreSQL manual, section 54.7, StartupMessage). Immutable.
 *
 * @param bytes the whole packet
 */
record StartUp(byte[] bytes) {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSSENC_REQUEST = 80877104;
    private static final int PROTOCOL_3 = 3;
    private static final int MAX_LENGTH = 10_000;
    private static final int PREFIX = 8;

    static final byte[] ASK_FOR_TLS =
            ByteBuffer.allocate(PREFIX).putInt(PREFIX).putInt(SSL_REQUEST).array();

    static StartUp read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < PREFIX || length > MAX_LENGTH) {
            throw new ProtocolException("Not a start-up packet: it would be " + length + " bytes long");
        }
        byte[] bytes = new byte[length];
        ByteBuffer.wrap(bytes).putInt(length);
        in.readFully(bytes, Integer.BYTES, length - Integer.BYTES);
        return new StartUp(bytes);
    }

    private int code() {
        return ByteBuffer.wrap(bytes).getInt(Integer.BYTES);
    }

    boolean asksForTls() {
        return code() == SSL_REQUEST;
    }

    /** Whether the server's next byte says yes or no, and another packet follows. */
    boolean isQuestion() {
        return code() == SSL_REQUEST || code() == GSSENC_REQUEST;
    }

    /** Whether the parameter {@code replication} is there and not off (PostgreSQL manual, section 54.4). */
    boolean asksForReplication() {
        if (code() >>> 16 != PROTOCOL_3) {
            return false;
        }
        String[] namesAndValues = strings();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equals("replication")) {
                return !namesAndValues[i + 1].matches("(?i)false|off|no|0");
            }
        }
        return false;
    }

    private String[] strings() {
        return new String(bytes, PREFIX, bytes.length - PREFIX, StandardCharsets.UTF_8).split("\0", -1);
    }
}
