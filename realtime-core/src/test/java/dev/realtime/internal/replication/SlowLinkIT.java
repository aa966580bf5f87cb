package dev.realtime.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.ConnectException;
import dev.realtime.faultbed.proxy.Direction;
import dev.realtime.faultbed.proxy.FaultProxy;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.tls.TestCertificates;
import dev.realtime.internal.connection.PostgresConnector;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class SlowLinkIT {

    private static final int ROW_BYTES = 7_500_000;
    private static final long BYTES_PER_SECOND = 1_500_000;

    @TempDir
    private static Path directory;

    private static TestCertificates certificates;
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        certificates = TestCertificates.in(directory);
        server = Link.server(certificates);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void aRowWhoseMessageTakesLongerThanTheServersPatienceArrives(Link link) throws SQLException {
        try (Published published = Published.on(server);
                FaultProxy proxy =
                        FaultProxy.before(server.host(), server.port()).start();
                WalStream stream = published.stream(connector(proxy, published, link), Published.impatient())) {
            proxy.throttle(BYTES_PER_SECOND, Direction.TO_CLIENT);
            published.database.execute("INSERT INTO t VALUES (1, repeat('0123456789', " + ROW_BYTES / 10 + "))");
            long before = System.nanoTime();
            List<WalRecord> records = Published.readUntilCommits(stream, 1);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("three times wal_sender_timeout")
                    .isGreaterThan(Duration.ofMillis(4500));
            assertThat(Published.rows(records)).isEqualTo(1);
            assertThat(stream.counters().statusesInsideMessages()).isGreaterThan(10);
            // The session is still in step.
            published.insert(2, 3);
            assertThat(Published.rows(Published.readUntilCommits(stream, 1))).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStopInsideALongMessageDoesNotWaitForItsEnd(Link link) throws SQLException {
        try (Published published = Published.on(server);
                FaultProxy proxy =
                        FaultProxy.before(server.host(), server.port()).start()) {
            WalStream stream = published.stream(connector(proxy, published, link), Published.settings());
            proxy.throttle(300_000, Direction.TO_CLIENT);
            published.database.execute("INSERT INTO t VALUES (1, repeat('0123456789', " + ROW_BYTES / 10 + "))");
            CompletableFuture<Long> stopped = Other.onceInsideAMessage(stream::requestStop);
            Published.readToTheEnd(stream);
            stream.close();
            assertThat(Duration.ofNanos(System.nanoTime() - stopped.join())).isLessThan(Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStreamMayBeCutIntoPiecesAnywhere(Link link) throws SQLException {
        long[] expected = new long[2];
        try (Published published = Published.on(server)) {
            for (int i = 0; i < 20; i++) {
                published.insert(i * 100, i * 100 + i);
            }
            expected[0] = crc(published.stream(connector(published.database.url(), link), Published.settings()));
            try (FaultProxy proxy =
                    FaultProxy.before(server.host(), server.port()).start()) {
                proxy.split(7, Direction.TO_CLIENT);
                expected[1] = crc(published.stream(connector(proxy, published, link), Published.settings()));
            }
        }
        assertThat(expected[1]).isEqualTo(expected[0]);
    }

    @ParameterizedTest
    @EnumSource
    void aBlackHoleIsGivenUpAndClosingDoesNotWaitForIt(Link link) throws SQLException {
        SessionSettings settings = new SessionSettings(
                "realtime test", Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(1500), false);
        try (Published published = Published.on(server);
                FaultProxy proxy =
                        FaultProxy.before(server.host(), server.port()).start()) {
            WalStream stream = published.stream(connector(proxy, published, link), settings);
            stream.sendStatus(true);
            Published.readUntil(stream, Keepalive.class::isInstance);
            proxy.blackHole(true);
            long before = System.nanoTime();
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> Published.readUntil(stream, record -> false));
            stream.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBlackHoleInsideAMessageIsGivenUpToo(Link link) throws SQLException {
        SessionSettings settings = new SessionSettings(
                "realtime test", Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(1500), false);
        try (Published published = Published.on(server);
                FaultProxy proxy =
                        FaultProxy.before(server.host(), server.port()).start()) {
            WalStream stream = published.stream(connector(proxy, published, link), settings);
            proxy.throttle(300_000, Direction.TO_CLIENT);
            published.database.execute("INSERT INTO t VALUES (1, repeat('0123456789', " + ROW_BYTES / 10 + "))");
            CompletableFuture<Long> hole = Other.onceInsideAMessage(() -> proxy.blackHole(true));
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> Published.readUntil(stream, record -> false));
            stream.close();
            assertThat(Duration.ofNanos(System.nanoTime() - hole.join())).isLessThan(Duration.ofSeconds(4));
        }
    }

    private static long crc(WalStream stream) {
        CRC32 crc = new CRC32();
        try (stream) {
            for (WalRecord record : Published.readUntilCommits(stream, 20)) {
                if (record instanceof XLogData data) {
                    crc.update(data.bytes(), data.offset(), data.length());
                }
            }
        }
        return crc.getValue();
    }

    private static PostgresConnector connector(FaultProxy proxy, Published published, Link link) {
        return connector(proxy.url(published.database.name()), link);
    }

    private static PostgresConnector connector(String url, Link link) {
        return Published.connector(url + link.parameters(certificates.authority()));
    }
}
