package dev.realtime.faultbed.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.replication.LogSequenceNumber;

class FaultProxyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String INSERT = "INSERT INTO t SELECT g, 'row ' || g FROM generate_series(1, 10) g";

    private final TestDatabase database = SharedServer.database();
    private final PostgresServer server = database.server();
    private final FaultProxy proxy =
            FaultProxy.before(server.host(), server.port()).start();

    @BeforeEach
    void createTable() throws SQLException {
        database.execute("CREATE TABLE t (id int, v text)");
    }

    @AfterEach
    void close() {
        proxy.close();
        database.close();
    }

    @Test
    void anObserverKnowsWhatIsConfirmedBeforeTheServerDoes() throws Exception {
        try (ReplicationClient client = client()) {
            database.execute(INSERT);
            assertThat(client.readTransaction()).isEqualTo(12);
            BlockingQueue<StatusUpdate> seen = new LinkedBlockingQueue<>();
            BlockingQueue<String> confirmedThen = new LinkedBlockingQueue<>();
            String before = confirmed(client);
            proxy.observe(update -> {
                seen.add(update);
                confirmedThen.add(confirmed(client));
            });
            LogSequenceNumber position = client.received();
            client.confirm(position);

            StatusUpdate update = seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(update).isNotNull();
            assertThat(update.slot()).isEqualTo(client.slot);
            assertThat(update.flush()).isEqualTo(position.asLong());
            assertThat(update.apply()).isEqualTo(position.asLong());
            assertThat(update.replyRequested()).isTrue();
            assertThat(System.nanoTime() - update.seenAtNanos()).isPositive();
            assertThat(confirmedThen.take()).isEqualTo(before);
            awaitTrue("SELECT confirmed_flush_lsn = '" + position.asString() + "' FROM pg_replication_slots"
                    + " WHERE slot_name = '" + client.slot + "'");
            Traffic traffic = proxy.traffic();
            assertThat(traffic.walMessages()).isEqualTo(12);
            assertThat(traffic.statusUpdates()).isPositive();
            assertThat(traffic.connections()).isEqualTo(1);
        }
    }

    @Test
    void onlyReplicationConnectionsAreTakenForSuch() throws Exception {
        try (Connection ordinary = DriverManager.getConnection(proxy.url(database.name()), "postgres", null)) {
            assertThat(ordinary.isValid(5)).isTrue();
            assertThat(proxy.connections()).singleElement().matches(connection -> !connection.isReplication());
            try (ReplicationClient client = client()) {
                assertThat(client.slot).isNotEmpty();
                assertThat(proxy.connections())
                        .filteredOn(ProxiedConnection::isReplication)
                        .hasSize(1);
                proxy.connections().stream()
                        .filter(ProxiedConnection::isReplication)
                        .forEach(ProxiedConnection::reset);
                assertThat(ordinary.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void cutAndResetEndTheConnectionOnBothSides() throws Exception {
        for (Runnable fault : new Runnable[] {proxy::cut, proxy::reset}) {
            try (ReplicationClient client = client()) {
                fault.run();
                client.awaitEnd();
                awaitInactive(client);
            }
        }
    }

    @Test
    void theClientSeesTheServersHalfEnd() throws Exception {
        try (ReplicationClient client = client()) {
            proxy.halfClose(Direction.TO_CLIENT);
            client.awaitEnd();
            assertThat(database.value(
                            "SELECT active FROM pg_replication_slots WHERE slot_name = '" + client.slot + "'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void theServerSeesTheClientsHalfEnd() throws Exception {
        try (ReplicationClient client = client()) {
            proxy.halfClose(Direction.TO_SERVER);
            awaitInactive(client);
            client.awaitEnd();
        }
    }

    @Test
    void inABlackHoleTheServerGivesUpAndTheClientLearnsNothing() throws Exception {
        try (ReplicationClient client = client(Map.of("options", "-c wal_sender_timeout=500ms"))) {
            proxy.blackHole(true);
            database.execute(INSERT);
            awaitInactive(client);
            assertThat(client.next(Duration.ofMillis(200))).isNull();
            proxy.blackHole(false);
            assertThat(client.next(Duration.ofMillis(200))).isNull();
            try (ReplicationClient next = client()) {
                database.execute(INSERT);
                assertThat(next.readTransaction()).isEqualTo(12);
            }
        }
    }

    @Test
    void whatWasFrozenArrivesLater() throws Exception {
        try (ReplicationClient client = client()) {
            proxy.freeze(true);
            database.execute(INSERT);
            assertThat(client.next(Duration.ofMillis(200))).isNull();
            proxy.freeze(false);
            assertThat(client.readTransaction()).isEqualTo(12);
        }
    }

    @Test
    void aRefusedClientMayComeBackToTheSamePort() throws Exception {
        String url = proxy.url(database.name());
        proxy.refuse(true);
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", null))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08001");
        proxy.refuse(false);
        try (Connection connection = DriverManager.getConnection(url, "postgres", null)) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aCutAtAMessageLetsExactlyThoseBeforeItThrough() throws Exception {
        try (ReplicationClient client = client()) {
            proxy.cutAtMessage(5);
            database.execute(INSERT);
            for (int i = 1; i < 5; i++) {
                assertThat(client.next(PATIENCE)).isNotNull();
            }
            client.awaitEnd();
        }
        try (ReplicationClient client = client()) {
            proxy.cutAfterMessage(5);
            database.execute(INSERT);
            for (int i = 1; i <= 5; i++) {
                assertThat(client.next(PATIENCE)).isNotNull();
            }
            client.awaitEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void piecesOfOneByteAndDelaysChangeNothingButTime(Direction direction) throws Exception {
        proxy.split(1, direction);
        proxy.delay(Duration.ofMillis(2), direction);
        try (ReplicationClient client = client()) {
            database.execute(INSERT);
            assertThat(client.readTransaction()).isEqualTo(12);
            client.confirm(client.received());
            awaitTrue("SELECT confirmed_flush_lsn = '" + client.received().asString()
                    + "' FROM pg_replication_slots WHERE slot_name = '" + client.slot + "'");
        }
    }

    @Test
    void aThrottleHoldsItsRate() throws Exception {
        try (ReplicationClient client = client()) {
            proxy.throttle(50_000, Direction.TO_CLIENT);
            long before = System.nanoTime();
            database.execute("INSERT INTO t VALUES (1, repeat('x', 25000))");
            client.readTransaction();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(400), PATIENCE);
        }
    }

    @Test
    void aCorruptByteArrivesInverted() throws Exception {
        try (ReplicationClient client = client()) {
            proxy.corruptMessage(2, 25);
            database.execute(INSERT);
            assertThat(client.next(PATIENCE)).startsWith("BEGIN");
            assertThat(client.next(PATIENCE)).doesNotStartWith("table").contains("able public.t: INSERT");
            assertThat(client.next(PATIENCE)).startsWith("table public.t: INSERT");
        }
    }

    @Test
    void noThreadOutlivesTheProxy() throws Exception {
        try (ReplicationClient client = client()) {
            assertThat(client.slot).isNotEmpty();
            assertThat(threads()).isPositive();
            proxy.close();
            assertThat(threads()).isZero();
            client.awaitEnd();
        }
    }

    private long threads() {
        String prefix = "faultproxy-" + proxy.port() + "-";
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private ReplicationClient client() throws SQLException {
        return client(Map.of());
    }

    private ReplicationClient client(Map<String, String> more) throws SQLException {
        return new ReplicationClient(database, proxy, more);
    }

    private String confirmed(ReplicationClient client) {
        try {
            return String.valueOf(database.value(
                    "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + client.slot + "'"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitInactive(ReplicationClient client) throws SQLException {
        awaitTrue("SELECT NOT active FROM pg_replication_slots WHERE slot_name = '" + client.slot + "'");
    }

    private void awaitTrue(String condition) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            while (System.nanoTime() < deadline) {
                try (var row = statement.executeQuery(condition)) {
                    if (row.next() && row.getBoolean(1)) {
                        return;
                    }
                }
                statement.execute("SELECT pg_sleep(0.02)");
            }
        }
        throw new AssertionError("Never true: " + condition);
    }
}
