package dev.realtime.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitingInputTest {

    private static final long LONG = Duration.ofSeconds(10).toNanos();

    private final AtomicInteger ticks = new AtomicInteger();
    private ServerSocket listener;
    private Socket server;
    private WaitingSocket socket;
    private WaitingInput input;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket = new WaitingSocket();
        socket.connect(listener.getLocalSocketAddress());
        server = listener.accept();
        server.setTcpNoDelay(true);
        input = socket.startPolling(() -> {
            ticks.incrementAndGet();
            return Duration.ofMillis(20).toNanos();
        });
    }

    @AfterEach
    void disconnect() throws IOException {
        socket.hardClose();
        server.close();
        listener.close();
    }

    @Test
    void thePeekIsAnsweredAtOnceAndTheTimeoutComesBack() throws IOException {
        socket.setSoTimeout(1);
        long before = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> input.read(new byte[8], 0, 8));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("each would wait a millisecond")
                .isLessThan(Duration.ofSeconds(9));
        socket.setSoTimeout(0);
        assertThat(socket.getSoTimeout()).isZero();
    }

    @Test
    void aWaitEndsWithDataWithTheDeadlineOrWithTheEnd() throws IOException {
        assertThat(input.await(1)).isEqualTo(Wake.TIMEOUT);
        assertThat(input.idleNanos()).isPositive();
        send(1, 2, 3);
        assertThat(input.await(LONG)).isEqualTo(Wake.DATA);
        assertThat(input.idleNanos()).isZero();
        assertThat(input.available()).isEqualTo(3);
        socket.setSoTimeout(1);
        assertThat(input.read()).isEqualTo(1);
        assertThat(input.read(new byte[8], 0, 8)).isEqualTo(2);
        server.close();
        assertThat(input.await(LONG)).isEqualTo(Wake.END);
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void bytesThatNobodyTakesAreNewsOnlyOnce() throws IOException {
        send(7);
        assertThat(input.await(LONG)).isEqualTo(Wake.DATA);
        assertThat(input.await(1)).isEqualTo(Wake.TIMEOUT);
        send(8);
        assertThat(input.await(LONG)).isEqualTo(Wake.DATA);
        server.close();
        assertThat(input.await(LONG)).isEqualTo(Wake.END);
    }

    @Test
    void aReadInsideAMessageWaitsAndTicksMeanwhile() throws IOException {
        CountDownLatch fiveTicks = new CountDownLatch(5);
        WaitingInput patient = socket.startPolling(() -> {
            fiveTicks.countDown();
            return Duration.ofMillis(5).toNanos();
        });
        CompletableFuture<Void> late = CompletableFuture.runAsync(() -> {
            try {
                fiveTicks.await();
                send(9);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(patient.read()).isEqualTo(9);
        late.join();
    }

    @Test
    void aTickCanEndAReadInsideAMessage() throws IOException {
        WaitingInput impatient = socket.startPolling(() -> {
            throw new SocketException("enough");
        });
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(impatient::read)
                .withMessage("enough");
    }

    @Test
    void aStopFromAnotherThreadWakesTheWaitAndLeavesTheWritingSideOpen() throws Exception {
        CompletableFuture<Long> stopped = Other.onceWaiting(socket::endReading);
        assertThat(input.await(LONG)).isEqualTo(Wake.END);
        assertThat(Duration.ofNanos(System.nanoTime() - stopped.get())).isLessThan(Duration.ofSeconds(1));
        assertThat(input.await(LONG)).isEqualTo(Wake.END);
        socket.getOutputStream().write(5);
        assertThat(server.getInputStream().read()).isEqualTo(5);
    }

    @Test
    void aStopBeforeTheWaitIsNotMissed() throws IOException {
        send(1);
        socket.endReading();
        assertThat(input.await(LONG)).isEqualTo(Wake.END);
    }

    @Test
    void whileClosingNothingWaits() throws IOException {
        socket.startClosing();
        assertThat(input.read(new byte[8], 0, 8)).isEqualTo(-1);
        assertThat(ticks).hasValue(0);
    }

    @Test
    void aResetWhileWaitingIsAnErrorAndAfterAStopTheEnd() throws IOException {
        server.setSoLinger(true, 0);
        server.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> input.await(LONG));
        socket.hardClose();
        assertThat(input.await(LONG)).isEqualTo(Wake.END);
    }

    private void send(int... bytes) throws IOException {
        for (int value : bytes) {
            server.getOutputStream().write(value);
        }
    }
}
