package dev.realtime.internal.replication;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link WaitingSocket} under the JDBC driver and hands it to whoever ordered it. The driver makes the factory by
 * its class name and one text, so the text is a token: the driver may connect on a thread of its own, where a
 * ThreadLocal would be empty. Thread-safe.
 */
public final class WaitingSocketFactory extends SocketFactory {

    private static final Map<String, Deque<WaitingSocket>> ORDERS = new ConcurrentHashMap<>();

    private final String token;

    /**
     * Called by the driver.
     *
     * @param token what {@code socketFactoryArg} says
     */
    public WaitingSocketFactory(String token) {
        this.token = token;
    }

    /** Orders the socket of one connect; to be followed by {@link #take} or {@link #discard}. */
    static String order() {
        String token = UUID.randomUUID().toString();
        ORDERS.put(token, new ConcurrentLinkedDeque<>());
        return token;
    }

    /** The socket that the connection came to live on: the last, since each host and each TLS attempt takes one. */
    static @Nullable WaitingSocket take(String token) {
        Deque<WaitingSocket> sockets = ORDERS.remove(token);
        return sockets == null ? null : sockets.peekLast();
    }

    /** Closes whatever an attempt that failed or timed out has opened: its thread may still wait for an answer. */
    static void discard(String token) {
        Deque<WaitingSocket> sockets = ORDERS.remove(token);
        if (sockets != null) {
            sockets.forEach(WaitingSocket::hardClose);
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        WaitingSocket socket = new WaitingSocket();
        Deque<WaitingSocket> sockets = ORDERS.get(token);
        if (sockets != null) {
            sockets.add(socket);
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unused();
    }

    private static SocketException unused() {
        return new SocketException("The driver connects its sockets itself");
    }
}
