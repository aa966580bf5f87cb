package dev.realtime.internal.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.SocketFactory;

/** Puts a {@link FarewellSocket} under the JDBC driver, which makes the factory by its class name. Thread-safe. */
public final class FarewellSocketFactory extends SocketFactory {

    private static final Duration LONGEST = Duration.ofMillis(500);

    /** Called by the driver. */
    public FarewellSocketFactory() {}

    @Override
    public Socket createSocket() {
        return new FarewellSocket(LONGEST);
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
