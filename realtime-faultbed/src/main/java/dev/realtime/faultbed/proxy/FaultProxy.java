package dev.realtime.faultbed.proxy;

import dev.realtime.faultbed.process.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP proxy before a PostgreSQL server that breaks the network on demand and reports what clients confirm. Faults named
 * here befall all connections; {@link #connections()} gives them one by one. While the server is down a client's connection
 * is accepted and then reset. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);
    private static final int ATTEMPTS = 10;
    private static final long JOIN_MILLIS = 10_000;

    private final ProxyPlan plan;
    private final int port;
    private final Faults faults = new Faults();
    private final Meter meter = new Meter();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger threadNumber = new AtomicInteger();
    private @Nullable Listener listener;

    private record Listener(ServerSocket socket, Thread thread) {}

    FaultProxy(ProxyPlan plan) {
        this.plan = plan;
        ServerSocket first = onFreePort();
        this.port = first.getLocalPort();
        accept(first);
    }

    /**
     * A proxy before a server.
     *
     * @param host the server's host
     * @param port the server's port
     * @return a builder
     */
    public static FaultProxyBuilder before(String host, int port) {
        return new FaultProxyBuilder(host, port);
    }

    /**
     * The host clients connect to.
     *
     * @return always {@code localhost}
     */
    public String host() {
        return "localhost";
    }

    /**
     * The port clients connect to.
     *
     * @return a TCP port, the same for the proxy's life
     */
    public int port() {
        return port;
    }

    /**
     * The address of a database through this proxy.
     *
     * @param database its name, made of characters a URL does not escape
     * @return a URL for pgjdbc without credentials
     */
    public String url(String database) {
        return "jdbc:postgresql://" + host() + ":" + port + "/" + database;
    }

    /**
     * Has status updates reported from now on.
     *
     * @param observer is told before the server is
     */
    public void observe(StatusObserver observer) {
        meter.observe(observer);
    }

    /**
     * What has passed so far.
     *
     * @return the counts of this moment
     */
    public Traffic traffic() {
        return meter.traffic();
    }

    /**
     * The connections that are open.
     *
     * @return those of this moment
     */
    public List<ProxiedConnection> connections() {
        return List.copyOf(connections);
    }

    /** Ends every connection with a FIN to both sides. New ones are welcome. */
    public void cut() {
        connections.forEach(ProxiedConnection::cut);
    }

    /** Ends every connection with a RST to both sides. New ones are welcome. */
    public void reset() {
        connections.forEach(ProxiedConnection::reset);
    }

    /**
     * Ends one direction of every connection with a FIN.
     *
     * @param direction the direction to end
     */
    public void halfClose(Direction direction) {
        connections.forEach(connection -> connection.halfClose(direction));
    }

    /**
     * Throws away every byte and every FIN, and keeps the sockets open: as a firewall that has forgotten a flow. A connection
     * that has lost anything stays lost when the black hole is gone; new ones are then well.
     *
     * @param on whether there is a black hole
     */
    public void blackHole(boolean on) {
        faults.blackHole(on);
    }

    /**
     * Holds every byte back, and lets it go on later: as a route that is away for a while. Nothing is lost.
     *
     * @param on whether bytes wait
     */
    public void freeze(boolean on) {
        faults.freeze(on);
    }

    /**
     * Slows a direction of every connection down.
     *
     * @param bytesPerSecond the most bytes a second, per connection; 0 for no limit
     * @param direction which way
     */
    public void throttle(long bytesPerSecond, Direction direction) {
        faults.throttle(direction, bytesPerSecond);
    }

    /**
     * Holds up each chunk of bytes, of up to 16 KiB, in a direction.
     *
     * @param delay for how long
     * @param direction which way
     */
    public void delay(Duration delay, Direction direction) {
        faults.delay(direction, delay);
    }

    /**
     * Sends each byte range in pieces.
     *
     * @param maxSegment the most bytes written at once, 1 or more
     * @param direction which way
     */
    public void split(int maxSegment, Direction direction) {
        faults.split(direction, maxSegment);
    }

    /**
     * Inverts one byte that goes through a replication connection, once.
     *
     * @param offset how many bytes of that direction pass before it from now on
     * @param direction which way
     */
    public void corrupt(long offset, Direction direction) {
        faults.corrupt(direction, offset);
    }

    /**
     * Inverts one byte of a WAL message, once.
     *
     * @param number which WAL message from now on, over all replication connections; 1 is the next
     * @param offset where in the message: 0 is XLogData's own tag {@code 'w'}, 25 the first byte of the output plugin's
     */
    public void corruptMessage(long number, int offset) {
        faults.corruptMessage(number, offset);
    }

    /**
     * Cuts a replication connection inside a WAL message: those before it arrive whole, of this one only the beginning.
     *
     * @param number which WAL message from now on, over all replication connections; 1 is the next
     */
    public void cutAtMessage(long number) {
        faults.cutAtMessage(number, true);
    }

    /**
     * Cuts a replication connection between WAL messages.
     *
     * @param number the last WAL message that arrives whole from now on, over all replication connections; 1 is the next
     */
    public void cutAfterMessage(long number) {
        faults.cutAtMessage(number, false);
    }

    /**
     * Stops listening, so that the system refuses new connections; or listens again on the same port.
     *
     * @param on whether to refuse
     */
    public synchronized void refuse(boolean on) {
        Listener open = listener;
        if (on && open != null) {
            listener = null;
            close(open);
        } else if (!on && open == null) {
            accept(bound(port));
        }
    }

    /** Another process may take a port between finding and binding it. */
    private static ServerSocket onFreePort() {
        for (int attempt = 1; ; attempt++) {
            try {
                return bound(FreePort.find());
            } catch (UncheckedIOException taken) {
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    private static ServerSocket bound(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy cannot listen on port " + port, e);
        }
    }

    private synchronized void accept(ServerSocket socket) {
        listener = new Listener(socket, startThread("accept", () -> acceptAll(socket)));
    }

    private void acceptAll(ServerSocket socket) {
        try {
            while (true) {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                ProxiedConnection connection = new ProxiedConnection(this, client);
                connections.add(connection);
                meter.connected();
                startThread("to-server", connection::run);
            }
        } catch (IOException e) {
            LOG.debug("The proxy listens no more", e);
        }
    }

    Thread startThread(String role, Runnable task) {
        String name = "faultproxy-" + port + "-" + threadNumber.incrementAndGet() + "-" + role;
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        threads.remove(Thread.currentThread());
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    ProxyPlan plan() {
        return plan;
    }

    Faults faults() {
        return faults;
    }

    Meter meter() {
        return meter;
    }

    void ended(ProxiedConnection connection) {
        connections.remove(connection);
    }

    /** As long as its thread waits in it, a closed socket still listens. */
    private static void close(Listener listener) {
        try {
            listener.socket().close();
            join(listener.thread());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot stop listening", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("The proxy's thread does not end: " + thread.getName());
        }
    }

    /** Ends every connection and every thread. */
    @Override
    public void close() {
        refuse(true);
        faults.end();
        // A connection accepted in the last moment starts its threads while others are joined.
        while (!threads.isEmpty()) {
            reset();
            threads.forEach(FaultProxy::join);
        }
    }
}
