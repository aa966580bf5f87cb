package dev.realtime.faultbed.proxy;

import dev.realtime.faultbed.tls.Identity;
import dev.realtime.faultbed.tls.TrustEveryone;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What is said before messages have tags: TLS or not, and who wants what (PostgreSQL manual, sections 54.2.1 and 54.2.10).
 * Confined to the connection's thread.
 */
final class Handshake {

    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final ProxyPlan plan;
    private final Faults faults;
    private final Consumer<Socket> opened;

    /**
     * How a handshake ended.
     *
     * @param client what the client's bytes are read from
     * @param server what the server's bytes are read from
     * @param readable whether tagged messages follow: not where client and server encrypt between themselves
     * @param replication whether the client asked for a replication connection
     */
    record Outcome(Socket client, Socket server, boolean readable, boolean replication) {}

    Handshake(ProxyPlan plan, Faults faults, Consumer<Socket> opened) {
        this.plan = plan;
        this.faults = faults;
        this.opened = opened;
    }

    /** Goes through with it; null where a black hole has swallowed a packet. */
    @Nullable
    Outcome shake(Socket rawClient) throws IOException {
        Socket client = rawClient;
        Socket server = null;
        while (true) {
            StartUp packet = StartUp.read(new DataInputStream(client.getInputStream()));
            if (faults.swallows()) {
                return null;
            }
            Identity identity = plan.identity();
            if (identity != null && packet.isQuestion()) {
                answer(client, packet.asksForTls() ? 'S' : 'N');
                client = packet.asksForTls() ? encrypt(client, identity) : client;
                continue;
            }
            server = server == null ? connect() : server;
            server.getOutputStream().write(packet.bytes());
            if (!packet.isQuestion()) {
                return new Outcome(client, server, true, packet.asksForReplication());
            }
            int answer = server.getInputStream().read();
            answer(client, answer);
            if (answer != 'N') {
                return new Outcome(client, server, false, false);
            }
        }
    }

    private static void answer(Socket client, int answer) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(answer);
        out.flush();
    }

    private static Socket encrypt(Socket client, Identity identity) throws IOException {
        SSLSocket socket = (SSLSocket) identity.context().getSocketFactory().createSocket(client, null, true);
        socket.startHandshake();
        return socket;
    }

    private Socket connect() throws IOException {
        Socket raw = new Socket();
        opened.accept(raw);
        raw.setTcpNoDelay(true);
        raw.connect(new InetSocketAddress(plan.serverHost(), plan.serverPort()), CONNECT_TIMEOUT_MILLIS);
        if (!plan.tlsToServer()) {
            return raw;
        }
        raw.getOutputStream().write(StartUp.ASK_FOR_TLS);
        if (raw.getInputStream().read() != 'S') {
            throw new ProtocolException("The server does not speak TLS");
        }
        SSLSocket socket = (SSLSocket) TrustEveryone.context()
                .getSocketFactory()
                .createSocket(raw, plan.serverHost(), plan.serverPort(), true);
        socket.startHandshake();
        return socket;
    }
}
