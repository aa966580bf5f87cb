package dev.realtime.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConfigurationException;
import dev.realtime.error.ConnectException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.support.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConnectorTest {

    @ParameterizedTest
    @ValueSource(strings = {"disable", "prefer"})
    void whatAnswersInAnotherProtocolIsNotPostgres(String sslmode) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answers = CompletableFuture.runAsync(() -> {
                while (true) {
                    try (Socket peer = server.accept()) {
                        peer.getInputStream().read();
                        peer.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        peer.shutdownOutput();
                        peer.getInputStream().readAllBytes();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            SetupException e = catchThrowableOfType(
                    SetupException.class,
                    () -> connector(server.getLocalPort(), "sslmode=" + sslmode).connectReplication(Map.of()));
            assertThat(e).isNotNull();
            assertThat(e.problem()).isEqualTo(SetupProblem.NOT_POSTGRESQL);
            assertThat(answers).isNotCompletedExceptionally();
        }
    }

    @Test
    void aPortThatNobodyListensOnIsAnErrorOfTheConnection() throws IOException {
        int port;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        ConnectException e = catchThrowableOfType(
                ConnectException.class, () -> connector(port, "").connectControl());
        assertThat(e.sqlState()).isEqualTo("08001");
        assertThat(e)
                .hasMessageContaining("localhost:" + port + "/shop as \"app\"")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aServerThatNeverAnswersIsGivenUpAfterTheLoginTimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long before = System.nanoTime();
            ConnectException e = catchThrowableOfType(
                    ConnectException.class,
                    () -> connector(silent.getLocalPort(), "").connectControl());
            assertThat(e.sqlState()).startsWith("08");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(15));
        }
    }

    @Test
    void aHostThatNobodyKnowsIsNamedAndNotBlamedOnTls() {
        // A name that no resolver knows: RFC 2606.
        assertThat(refusal("jdbc:postgresql://db.invalid/shop"))
                .hasMessageContaining("db.invalid:5432")
                .hasMessageContaining("no address is known")
                .hasMessageNotContaining("sslmode");
    }

    @Test
    void theReasonOfAnImposedTlsModeIsTold() throws IOException {
        try (Peer withoutTls = Peer.answering("N")) {
            // An address of this machine that is not known to be one.
            assertThat(refusal("jdbc:postgresql://0.0.0.0:" + withoutTls.port() + "/shop"))
                    .hasMessageContaining("sslmode=verify-full")
                    .hasMessageContaining("sslrootcert");
        }
    }

    private static ConnectException refusal(String url) {
        return catchThrowableOfType(
                ConnectException.class,
                () -> new PostgresConnector(Coordinates.of(url, "app", () -> "secret"), settings()).connectControl());
    }

    @Test
    void timeoutsBelowTheDriversUnitAreRefused() {
        assertThat(catchThrowableOfType(
                        ConfigurationException.class,
                        () -> new ConnectorSettings(
                                "test", Duration.ofMillis(999), Duration.ofSeconds(1), Duration.ofSeconds(1))))
                .hasMessageContaining("connectTimeout");
    }

    private static PostgresConnector connector(int port, String parameters) {
        return new PostgresConnector(
                Coordinates.of("jdbc:postgresql://localhost:" + port + "/shop?" + parameters, "app", () -> "hidden"),
                settings());
    }

    private static ConnectorSettings settings() {
        return new ConnectorSettings("test", Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }
}
