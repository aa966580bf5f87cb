package dev.realtime.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realtime.error.ConnectException;
import dev.realtime.faultbed.process.Signal;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.StopMode;
import dev.realtime.faultbed.tls.TestCertificates;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.support.Eventually;
import dev.realtime.wal.Lsn;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class WalStreamEndIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** What an end needs to be noticed is milliseconds: a machine with much to do has room in this, no wait has. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

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
    void theBytesAreTheSameOverBothLinks(Link link) throws SQLException {
        try (Published published = Published.on(server);
                WalStream stream = stream(published, link)) {
            published.insert(1, 20_000);
            assertThat(published.database.value("SELECT s.ssl FROM pg_stat_ssl s JOIN pg_replication_slots r"
                            + " ON r.active_pid = s.pid WHERE r.slot_name = '" + published.slot + "'"))
                    .isEqualTo(link == Link.TLS ? "t" : "f");
            assertThat(Published.rows(Published.readUntilCommits(stream, 1))).isEqualTo(20_000);
            stream.confirm(stream.received());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTerminatedWalsenderIsSeenAtOnce(Link link) throws SQLException {
        try (Published published = Published.on(server);
                WalStream stream = stream(published, link)) {
            CompletableFuture<Long> terminated = Other.onceWaiting(() -> execute(
                    published,
                    "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
                            + published.slot + "'"));
            Published.readToTheEnd(stream);
            assertThat(since(terminated)).isLessThan(AT_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStopFromAnotherThreadEndsTheWaitAtOnceAndTheLastConfirmationArrives(Link link) throws SQLException {
        try (Published published = Published.on(server)) {
            published.insert(1, 3);
            WalStream stream = stream(published, link);
            Lsn end = endOf(Published.readUntilCommits(stream, 1));
            while (stream.poll() != null) {
                // A keepalive may follow.
            }
            CompletableFuture<Long> stopped = Other.onceWaiting(stream::requestStop);
            readUntilStopped(stream);
            assertThat(since(stopped)).isLessThan(AT_ONCE);
            assertThat(stream.stopRequested()).isTrue();
            stream.confirm(end);
            stream.close(() -> isConfirmed(published, end));
            assertThat(published.confirmed()).isEqualTo(end);
            Eventually.equal(
                    "f",
                    () -> published.database.value(
                            "SELECT active FROM pg_replication_slots WHERE slot_name = '" + published.slot + "'"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStopInsideABigTransactionIsQuickAndTheLastConfirmationArrives(Link link) throws SQLException {
        try (Published published = Published.on(server)) {
            published.insert(1, 3);
            published.insert(10, 300_000);
            WalStream stream = stream(published, link);
            Lsn end = endOf(Published.readUntilCommits(stream, 1));
            Published.readUntil(stream, record -> stream.counters().records() > 5_000);
            stream.confirm(end);
            stream.requestStop();
            long before = System.nanoTime();
            assertThat(stream.await(before + PATIENCE.toNanos())).isEqualTo(Wake.END);
            stream.close(() -> isConfirmed(published, end));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AT_ONCE);
            Eventually.equal(end, published::confirmed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAbortFromAnotherThreadEndsTheWait(Link link) throws SQLException {
        try (Published published = Published.on(server);
                WalStream stream = stream(published, link)) {
            CompletableFuture<Long> aborted = Other.onceWaiting(stream::abort);
            Published.readToTheEnd(stream);
            assertThat(since(aborted)).isLessThan(AT_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatStopsFastLetsGoOfAnIdleReaderWhoFollowsItsKeepalives(Link link) throws SQLException {
        try (PostgresServer own = Link.server(certificates);
                Published published = Published.on(own)) {
            WalStream stream = stream(published, link);
            CompletableFuture<Long> stop = new CompletableFuture<>();
            Other.onceWaiting(() -> {
                own.stop(StopMode.FAST, Duration.ofSeconds(20));
                stop.complete(System.nanoTime());
            });
            long before = System.nanoTime();
            assertThat(followUntilTheEnd(stream)).as("reads that found nothing").isLessThan(1000);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            stream.close();
            assertThat(stop.join()).isPositive();
            own.start();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatCrashesIsSeenAtOnce(Link link) throws SQLException {
        try (PostgresServer own = Link.server(certificates);
                Published published = Published.on(own);
                WalStream stream = stream(published, link)) {
            CompletableFuture<Long> stopped = Other.onceWaiting(() -> own.stop(StopMode.IMMEDIATE));
            Published.readToTheEnd(stream);
            assertThat(since(stopped)).isLessThan(Duration.ofSeconds(3));
            stopped.join();
            own.start();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatFallsSilentIsGivenUp(Link link) throws SQLException {
        assumeTrue(Signal.supported(), "This system has no signals");
        SessionSettings settings = new SessionSettings(
                "realtime test", Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(1500), false);
        try (Published published = Published.on(server);
                ReplicationSession session = ReplicationSession.open(connector(published, link), settings)) {
            long pid = session.backendPid();
            WalStream stream = session.startStreaming(published.slot, List.of(published.publication));
            stream.sendStatus(true);
            Published.readUntil(stream, Keepalive.class::isInstance);
            server.signal(pid, Signal.STOP);
            long before = System.nanoTime();
            try {
                assertThatExceptionOfType(ConnectException.class)
                        .isThrownBy(() -> Published.readUntil(stream, record -> false))
                        .withMessageContaining("silent");
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .isBetween(Duration.ofMillis(1400), Duration.ofSeconds(4));
            } finally {
                stream.close();
                server.signal(pid, Signal.CONT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSilentButHealthyServerIsNotGivenUp(Link link) throws SQLException {
        SessionSettings settings = new SessionSettings(
                "realtime test", Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(1500), false);
        try (Published published = Published.on(server);
                WalStream stream = stream(published, link, settings)) {
            long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
            while (System.nanoTime() < end) {
                while (stream.poll() != null) {
                    // Answers to our own questions.
                }
                assertThat(stream.await(end)).isNotEqualTo(Wake.END);
            }
            assertThat(stream.counters().keepalives()).isPositive();
        }
    }

    /** As an engine with nothing open does; counts the waits after which nothing was there. */
    private static int followUntilTheEnd(WalStream stream) {
        int empty = 0;
        try {
            while (stream.await(System.nanoTime() + PATIENCE.toNanos()) != Wake.END) {
                WalRecord record = stream.poll();
                empty += record == null ? 1 : 0;
                for (; record != null; record = stream.poll()) {
                    if (record instanceof Keepalive keepalive) {
                        stream.confirm(Lsn.of(keepalive.walEnd()));
                        stream.sendStatus(false);
                    }
                }
            }
        } catch (ConnectException expected) {
            return empty;
        }
        return empty;
    }

    private static void readUntilStopped(WalStream stream) {
        while (stream.await(System.nanoTime() + PATIENCE.toNanos()) != Wake.END) {
            while (stream.poll() != null) {
                // A keepalive may come in between.
            }
        }
    }

    private static boolean isConfirmed(Published published, Lsn end) {
        try {
            return published.confirmed().equals(end);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Lsn endOf(List<WalRecord> records) {
        return Lsn.of(((XLogData) records.get(records.size() - 1)).lsn());
    }

    private static Duration since(CompletableFuture<Long> began) {
        return Duration.ofNanos(System.nanoTime() - began.join());
    }

    private static void execute(Published published, String sql) {
        try {
            published.database.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WalStream stream(Published published, Link link) {
        return stream(published, link, Published.settings());
    }

    private static WalStream stream(Published published, Link link, SessionSettings settings) {
        return published.stream(connector(published, link), settings);
    }

    private static PostgresConnector connector(Published published, Link link) {
        return Published.connector(published.database.url() + link.parameters(certificates.authority()));
    }
}
