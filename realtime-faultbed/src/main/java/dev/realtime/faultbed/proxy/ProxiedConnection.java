package dev.realtime.faultbed.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection through the proxy, which can be broken without the others. Faults are done to the TCP sockets
 * under TLS, if any: as on a real network, nobody says good-bye. Thread-safe.
 */
public final class ProxiedConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ProxiedConnection.class);

    private final FaultProxy proxy;
    private final Socket rawClient;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Set<Direction> severed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waysOpen = new AtomicInteger(1);
    private volatile @Nullable Socket rawServer;
    private volatile boolean replication;
    private volatile boolean lost;
    private volatile boolean closed;

    ProxiedConnection(FaultProxy proxy, Socket rawClient) {
        this.proxy = proxy;
        this.rawClient = rawClient;
        sockets.add(rawClient);
    }

    /**
     * Whether the client asked for a replication connection in its start-up packet.
     *
     * @return false also while the start-up packet has not come, and where TLS passes through unread
     */
    public boolean isReplication() {
        return replication;
    }

    /** Ends both directions with a FIN, as a process that closes its socket: who still writes is answered with a RST. */
    public void cut() {
        halfClose(Direction.TO_CLIENT);
        halfClose(Direction.TO_SERVER);
        closed = true;
        sockets.forEach(ProxiedConnection::close);
    }

    /** Ends both directions with a RST, as a process that dies or a firewall that gives up. */
    public void reset() {
        closed = true;
        sockets.forEach(ProxiedConnection::reset);
    }

    /**
     * Ends one direction with a FIN and throws away what still comes for it; the other goes on. Who does not look for the end
     * of its stream learns nothing, since all it writes is taken.
     *
     * @param direction the direction to end
     */
    public void halfClose(Direction direction) {
        severed.add(direction);
        Socket receiver = direction == Direction.TO_CLIENT ? rawClient : rawServer;
        if (receiver == null) {
            return;
        }
        try {
            receiver.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("The connection was gone already", e);
        }
    }

    /** Whether bytes of this direction go nowhere. A connection that has lost a byte never recovers. */
    boolean loses(Direction direction) {
        if (proxy.faults().swallows()) {
            lost = true;
        }
        return lost || severed.contains(direction);
    }

    /** From the first packet to the client's end, on the thread of its direction. */
    void run() {
        oneWay(() -> {
            Handshake.Outcome outcome = new Handshake(proxy.plan(), proxy.faults(), this::opened).shake(rawClient);
            if (outcome == null) {
                lost = true;
                rawClient.getInputStream().transferTo(OutputStream.nullOutputStream());
                return;
            }
            replication = outcome.replication();
            waysOpen.incrementAndGet();
            proxy.startThread(
                    "to-client",
                    () -> oneWay(() -> pump(Direction.TO_CLIENT, outcome).run(outcome.server(), outcome.client())));
            pump(Direction.TO_SERVER, outcome).run(outcome.client(), outcome.server());
        });
    }

    private Pump pump(Direction direction, Handshake.Outcome outcome) {
        return new Pump(this, direction, outcome.readable(), proxy.faults(), proxy.meter());
    }

    private void opened(Socket server) {
        rawServer = server;
        sockets.add(server);
        if (closed) {
            reset(server);
        }
    }

    private interface Way {
        void go() throws IOException;
    }

    private void oneWay(Way way) {
        try {
            way.go();
        } catch (IOException e) {
            LOG.debug("A connection through the proxy broke", e);
            // One side was reset: so is the other, unless nothing is to get through any more.
            if (!lost && severed.isEmpty()) {
                reset();
            }
        } catch (RuntimeException e) {
            LOG.error("An observer failed; its connection is reset", e);
            reset();
        } finally {
            if (waysOpen.decrementAndGet() == 0) {
                sockets.forEach(ProxiedConnection::close);
                proxy.ended(this);
            }
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            LOG.debug("The socket was closed already", e);
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("The socket was closed already", e);
        }
    }
}
