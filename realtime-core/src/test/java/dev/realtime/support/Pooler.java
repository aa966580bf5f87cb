package dev.realtime.support;

import dev.realtime.faultbed.server.PostgresServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Lets ordinary sessions through to a server and refuses replication ones in the words and with the SQLSTATE of PgBouncer
 * before 1.23. It speaks no TLS.
 */
public final class Pooler implements AutoCloseable {

    private static final int TLS_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final String REFUSAL = "SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: replication\0\0";

    private final PostgresServer server;
    private final Peer peer = Peer.of(this::meet);

    private Pooler(PostgresServer server) {
        this.server = server;
    }

    public static Pooler before(PostgresServer server) {
        return new Pooler(server);
    }

    public int port() {
        return peer.port();
    }

    public String url(String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database;
    }

    private void meet(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        byte[] startUp = packet(in);
        while (isRequest(startUp)) {
            out.writeByte('N');
            startUp = packet(in);
        }
        if (new String(startUp, StandardCharsets.UTF_8).contains("replication\0")) {
            out.writeByte('E');
            out.writeInt(Integer.BYTES + REFUSAL.length());
            out.writeBytes(REFUSAL);
            return;
        }
        try (Socket backend = new Socket(server.host(), server.port())) {
            DataOutputStream toBackend = new DataOutputStream(backend.getOutputStream());
            toBackend.writeInt(Integer.BYTES + startUp.length);
            toBackend.write(startUp);
            Thread back = new Thread(() -> carry(backend, client), "pooler-to-client");
            back.setDaemon(true);
            back.start();
            in.transferTo(toBackend);
        }
    }

    private static byte[] packet(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    private static boolean isRequest(byte[] packet) {
        int code = packet.length == Integer.BYTES
                ? java.nio.ByteBuffer.wrap(packet).getInt()
                : 0;
        return code == TLS_REQUEST || code == GSS_REQUEST;
    }

    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException gone) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
