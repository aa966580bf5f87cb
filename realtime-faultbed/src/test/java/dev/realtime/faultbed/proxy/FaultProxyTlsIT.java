package dev.realtime.faultbed.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.faultbed.tls.Identity;
import dev.realtime.faultbed.tls.TestCertificates;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultProxyTlsIT {

    private TestCertificates certificates;
    private PostgresServer server;
    private TestDatabase database;

    @BeforeAll
    void start(@TempDir Path directory) {
        certificates = TestCertificates.in(directory);
        server = PostgresServer.builder()
                .tls(certificates.server().certificate(), certificates.server().privateKey())
                .start();
        database = TestDatabase.on(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theServerItselfIsVerified() throws SQLException {
        try (var connection =
                DriverManager.getConnection(server.url("postgres"), verifying(certificates.authority()))) {
            assertThat(connection.isValid(5)).isTrue();
        }
        assertRefused(server.url("postgres"), certificates.strangeAuthority());
    }

    @Test
    void statusUpdatesAreReadUnderTls() throws Exception {
        for (FaultProxyBuilder builder : new FaultProxyBuilder[] {before(), before().tlsToServer()}) {
            try (FaultProxy proxy = builder.tls(certificates.server()).start();
                    ReplicationClient client = new ReplicationClient(
                            database,
                            proxy,
                            Map.of(
                                    "sslmode",
                                    "verify-full",
                                    "sslrootcert",
                                    certificates.authority().toString()))) {
                BlockingQueue<StatusUpdate> seen = new LinkedBlockingQueue<>();
                proxy.observe(seen::add);
                database.execute("CREATE TABLE IF NOT EXISTS t (id int)", "INSERT INTO t VALUES (1)");
                client.readTransaction();
                client.confirm(client.received());
                assertThat(seen.poll(20, TimeUnit.SECONDS)).isNotNull();
                proxy.cut();
                client.awaitEnd();
            }
        }
    }

    @Test
    void aClientRefusesTheWrongHostAndTheStrangersSignature() {
        for (Identity impostor : new Identity[] {certificates.wrongHost(), certificates.untrusted()}) {
            try (FaultProxy proxy = before().tls(impostor).start()) {
                assertRefused(proxy.url("postgres"), certificates.authority());
            }
        }
    }

    @Test
    void withoutAnIdentityTlsGoesThroughUnread() throws SQLException {
        try (FaultProxy proxy = before().start();
                var connection =
                        DriverManager.getConnection(proxy.url("postgres"), verifying(certificates.authority()))) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(proxy.traffic().messages()).isZero();
        }
    }

    private FaultProxyBuilder before() {
        return FaultProxy.before(server.host(), server.port());
    }

    private static void assertRefused(String url, Path authority) {
        assertThatThrownBy(() -> DriverManager.getConnection(url, verifying(authority)))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08006");
    }

    private static Properties verifying(Path authority) {
        Properties properties = new Properties();
        properties.setProperty("user", PostgresServer.SUPERUSER);
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", authority.toString());
        return properties;
    }
}
