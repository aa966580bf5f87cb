package dev.realtime.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConnectException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.faultbed.tls.TestCertificates;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConnectorIT {

    @TempDir
    private static Path directory;

    private static TestCertificates certificates;
    private static PostgresServer server;
    private static TestDatabase database;

    @BeforeAll
    static void start() throws SQLException {
        certificates = TestCertificates.in(directory);
        server = PostgresServer.builder()
                .tls(certificates.server().certificate(), certificates.server().privateKey())
                .password("app")
                .accessRule("host all banned all reject")
                .start();
        database = TestDatabase.on(server);
        database.execute(
                "CREATE ROLE app LOGIN REPLICATION PASSWORD 'monday'",
                "CREATE ROLE banned LOGIN",
                "CREATE ROLE \"no \"\"replication\" LOGIN",
                "CREATE ROLE nologin",
                "CREATE ROLE stranger LOGIN",
                "CREATE ROLE single LOGIN CONNECTION LIMIT 0",
                "REVOKE CONNECT ON DATABASE " + database.name() + " FROM PUBLIC");
        database.execute("GRANT CONNECT ON DATABASE " + database.name() + " TO app, \"no \"\"replication\", single");
    }

    @AfterAll
    static void stop() {
        database.close();
        server.close();
    }

    @Test
    void aControlConnectionIsAnOrdinarySession() throws SQLException {
        try (Connection connection = connector("app", "monday", "?ApplicationName=other&readOnly=true")
                .connectControl()) {
            assertThat(ask(connection, "SHOW application_name")).isEqualTo("realtime test");
            assertThat(ask(connection, "SELECT backend_type FROM pg_stat_activity WHERE pid = pg_backend_pid()"))
                    .isEqualTo("client backend");
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(connection.getNetworkTimeout()).isEqualTo(30_000);
        }
    }

    @Test
    void aReplicationConnectionIsAWalsenderWithoutReadTimeout() throws SQLException {
        try (Connection connection = connector("app", "monday", "?socketTimeout=3&preferQueryMode=extended")
                .connectReplication(Map.of())) {
            assertThat(ask(connection, "IDENTIFY_SYSTEM")).isNotEmpty();
            assertThat(connection.getNetworkTimeout()).isZero();
        }
    }

    @Test
    void theSecretIsAskedForAtEachConnect() throws SQLException {
        ArrayDeque<String> secrets = new ArrayDeque<>(List.of("wrong", "monday"));
        PostgresConnector connector = new PostgresConnector(
                Coordinates.of(database.url(), "app", secrets::poll), ConnectorSettings.of("realtime test"));
        assertThat(catchThrowableOfType(SetupException.class, connector::connectControl)
                        .problem())
                .isEqualTo(SetupProblem.AUTHENTICATION);
        connector.connectControl().close();
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() {
        SetupException e = failure("app", "sesame-open", false);
        assertThat(e.problem()).isEqualTo(SetupProblem.AUTHENTICATION);
        assertThat(e).hasMessageContaining("\"app\"").hasMessageNotContaining("sesame-open");
        assertThat(e.getCause()).hasMessageNotContaining("sesame-open");
    }

    @Test
    void aMissingPasswordIsTold() {
        assertThat(failure("app", null, false).problem()).isEqualTo(SetupProblem.AUTHENTICATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"banned", "nologin"})
    void aRoleThatIsNotLetInIsTold(String role) {
        assertThat(failure(role, null, false).problem()).isEqualTo(SetupProblem.AUTHENTICATION);
    }

    @Test
    void aRoleThatMayNotConnectGetsTheGrant() {
        assertThat(failure("stranger", null, false).remedy())
                .containsExactly("GRANT CONNECT ON DATABASE \"" + database.name() + "\" TO \"stranger\"");
    }

    @Test
    void aRoleThatMayNotReplicateGetsTheStatementThatMendsIt() {
        SetupException e = failure("no \"replication", null, true);
        assertThat(e.problem()).isEqualTo(SetupProblem.REPLICATION_PRIVILEGE);
        assertThat(e.remedy())
                .contains("ALTER ROLE \"no \"\"replication\" REPLICATION")
                .anyMatch(remedy -> remedy.contains("GRANT rds_replication TO \"no \"\"replication\""));
    }

    @Test
    void aLimitThatIsReachedIsTold() {
        assertThat(failure("single", null, false).problem()).isEqualTo(SetupProblem.LIMIT_REACHED);
    }

    @Test
    void aDatabaseThatIsMissingIsTold() {
        PostgresConnector connector = new PostgresConnector(
                Coordinates.of(server.url("nowhere"), PostgresServer.SUPERUSER, () -> null),
                ConnectorSettings.of("realtime test"));
        SetupException e = catchThrowableOfType(SetupException.class, connector::connectControl);
        assertThat(e.problem()).isEqualTo(SetupProblem.DATABASE_MISSING);
        assertThat(e.remedy()).containsExactly("CREATE DATABASE \"nowhere\"");
    }

    @Test
    void aVerifiedServerIsTakenAndAStrangerIsNot() throws SQLException {
        String good = "?sslmode=verify-full&sslrootcert=" + certificates.authority();
        try (Connection connection = connector("app", "monday", good).connectControl()) {
            assertThat(ask(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("t");
        }
        String strange = "?sslmode=verify-full&sslrootcert=" + certificates.strangeAuthority();
        assertThat(catchThrowableOfType(
                                ConnectException.class,
                                () -> connector("app", "monday", strange).connectControl())
                        .sqlState())
                .startsWith("08");
    }

    private static SetupException failure(String role, @Nullable String password, boolean replication) {
        PostgresConnector connector = connector(role, password, "");
        return catchThrowableOfType(SetupException.class, () -> {
            try (Connection unexpected =
                    replication ? connector.connectReplication(Map.of()) : connector.connectControl()) {
                throw new AssertionError("Connected: " + unexpected);
            }
        });
    }

    private static PostgresConnector connector(String role, @Nullable String password, String parameters) {
        return new PostgresConnector(
                Coordinates.of(database.url() + parameters, role, () -> password),
                ConnectorSettings.of("realtime test"));
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
