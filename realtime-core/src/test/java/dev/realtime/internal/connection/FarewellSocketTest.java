package dev.realtime.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A control connection is left when the server has left it too, or does not answer. */
class FarewellSocketTest {

    private FarewellSocket socket;
    private ServerSocket server;
    private Socket accepted;

    @BeforeEach
    void listen() throws Exception {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private void connect(Duration longest) throws Exception {
        socket = new FarewellSocket(longest);
        socket.connect(server.getLocalSocketAddress());
        accepted = server.accept();
    }

    @AfterEach
    void close() throws Exception {
        if (accepted != null) {
            accepted.close();
        }
        server.close();
    }

    @Test
    void closingWaitsUntilTheServerHasEnded() throws Exception {
        connect(Duration.ofSeconds(20));
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                while (accepted.getInputStream().read() >= 0) {
                    // its last words
                }
                ended.set(true);
                accepted.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        accepted.getOutputStream().write(new byte[2000]);
        socket.getOutputStream().write('X');

        socket.close();

        assertThat(ended).isTrue();
        assertThat(socket.isClosed()).isTrue();
        other.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForForLong() throws Exception {
        connect(Duration.ofMillis(50));
        CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> {
            try {
                socket.close();
                return socket.isClosed();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(closed.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneThatNeverConnectedClosesAtOnce() throws Exception {
        try (Socket never = new FarewellSocketFactory().createSocket()) {
            assertThat(never.isConnected()).isFalse();
        }
    }
}
