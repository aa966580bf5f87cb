package dev.realtime.faultbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realtime.faultbed.process.Signal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    @Test
    void aCommittedRowOutlivesEveryWayToStop() throws SQLException {
        try (PostgresServer server = PostgresServer.builder().start()) {
            int port = server.port();
            server.createDatabase("shop");
            run(server, "CREATE TABLE t (id int)");
            for (StopMode mode : StopMode.values()) {
                run(server, "INSERT INTO t VALUES (1)");
                server.restart(mode);
            }
            assertThat(read(server, "shop", "SELECT count(*) FROM t")).isEqualTo("3");
            assertThat(server.port()).isEqualTo(port);
            assertThat(read(server, "postgres", "SHOW wal_level")).isEqualTo("logical");
            assertThat(read(server, "postgres", "SHOW server_version_num"))
                    .startsWith(String.valueOf(server.majorVersion()));
        }
    }

    @Test
    void aKilledBackendIsACrashTheServerRecoversFrom() throws SQLException {
        assumeTrue(Signal.supported(), "This system has no signals");
        try (PostgresServer server = PostgresServer.builder().start();
                Connection victim = server.connect("postgres", PostgresServer.SUPERUSER)) {
            String pid = read(victim, "SELECT pg_backend_pid()");
            server.crash(Long.parseLong(pid));
            assertThatThrownBy(() -> read(victim, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(read(server, "postgres", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aDirectoryOfTheCallersKeepsTheCluster(@TempDir Path directory) throws SQLException {
        Path data = directory.resolve("data");
        String identifier;
        try (PostgresServer server =
                PostgresServer.builder().dataDirectory(data).start()) {
            identifier = read(server, "postgres", "SELECT system_identifier FROM pg_control_system()");
        }
        try (PostgresServer server =
                PostgresServer.builder().dataDirectory(data).start()) {
            assertThat(read(server, "postgres", "SELECT system_identifier FROM pg_control_system()"))
                    .isEqualTo(identifier);
        }
    }

    @Test
    void aChosenRoleNeedsItsPassword() throws SQLException {
        try (PostgresServer server = PostgresServer.builder()
                .password("app")
                .setting("wal_sender_timeout", "3s")
                .start()) {
            server.execute("CREATE ROLE app LOGIN REPLICATION PASSWORD 'right'");
            assertThatThrownBy(() -> DriverManager.getConnection(server.url("postgres"), "app", "wrong"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("28P01");
            try (Connection app = DriverManager.getConnection(server.url("postgres"), "app", "right")) {
                assertThat(read(app, "SHOW wal_sender_timeout")).isEqualTo("3s");
            }
        }
    }

    @Test
    void aWrongSettingIsToldWithTheServersOwnWords() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgresServer.builder()
                        .setting("wal_level", "sideways")
                        .start())
                .withMessageContaining("invalid value for parameter \"wal_level\"");
    }

    private static void run(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("shop", PostgresServer.SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database, PostgresServer.SUPERUSER)) {
            return read(connection, sql);
        }
    }

    private static String read(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
