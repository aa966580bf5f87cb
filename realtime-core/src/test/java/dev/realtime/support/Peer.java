package dev.realtime.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Something that listens on this machine and is handed each connection on a thread of its own. */
public class Peer implements AutoCloseable {

    /** What is done with a connection; it is closed afterwards. */
    public interface Conduct {
        void meet(Socket client) throws IOException;
    }

    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private Peer(Conduct conduct) {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen", e);
        }
        start("peer-accept", () -> accept(conduct));
    }

    public static Peer of(Conduct conduct) {
        return new Peer(conduct);
    }

    /** Takes connections and says nothing. */
    public static Peer silent() {
        return of(client -> client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()));
    }

    /** Says the same whatever it is told, and hangs up. */
    public static Peer answering(String answer) {
        return of(client -> {
            client.getInputStream().read(new byte[1024]);
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        });
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept(Conduct conduct) {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                start("peer-connection", () -> meet(conduct, client));
            }
        } catch (IOException closed) {
            sockets.forEach(Peer::close);
        }
    }

    private static void meet(Conduct conduct, Socket client) {
        try {
            conduct.meet(client);
        } catch (IOException gone) {
            close(client);
        }
        close(client);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
