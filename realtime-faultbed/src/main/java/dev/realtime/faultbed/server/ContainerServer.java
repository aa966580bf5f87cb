package dev.realtime.faultbed.server;

import dev.realtime.faultbed.process.Signal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container: for machines on which PostgreSQL's binaries do not run, and for images with more in them. It
 * cannot be stopped and started again, since a container gets another port by that. Thread-safe.
 */
final class ContainerServer implements PostgresServer {

    private static final String IMAGE = System.getProperty("realtime.testcontainers.image", "postgres:18");

    private final PostgreSQLContainer container;
    private final int majorVersion;

    private ContainerServer(PostgreSQLContainer container) throws SQLException {
        this.container = container;
        try (Connection connection = connect("postgres", SUPERUSER)) {
            DatabaseMetaData server = connection.getMetaData();
            this.majorVersion = server.getDatabaseMajorVersion();
        }
    }

    static PostgresServer start(Map<String, String> settings) {
        List<String> command = new ArrayList<>(List.of("postgres"));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        PostgreSQLContainer container = new PostgreSQLContainer(
                        DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"))
                .withDatabaseName("postgres")
                .withUsername(SUPERUSER);
        container.setCommand(command.toArray(String[]::new));
        container.start();
        try {
            trustEveryone(container);
            Patience.await(
                    "The server in the container trusts nobody",
                    () -> DriverManager.getConnection(container.getJdbcUrl(), SUPERUSER, null)
                            .close());
            return new ContainerServer(container);
        } catch (SQLException e) {
            container.stop();
            throw new IllegalStateException("The server in the container takes no connection", e);
        }
    }

    /** As the embedded server does; images differ in what their environment can ask of them, the server itself does not. */
    private static void trustEveryone(PostgreSQLContainer container) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        container.getJdbcUrl(), container.getUsername(), container.getPassword());
                Statement statement = connection.createStatement()) {
            String rules;
            try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
                file.next();
                rules = file.getString(1);
            }
            statement.execute("COPY (VALUES ('local all all trust'), ('host all all all trust'),"
                    + " ('host replication all all trust')) TO '" + rules + "'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @Override
    public String host() {
        return container.getHost();
    }

    @Override
    public int port() {
        return container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
    }

    @Override
    public int majorVersion() {
        return majorVersion;
    }

    @Override
    public boolean canRestart() {
        return false;
    }

    @Override
    public void start() {
        throw cannot("be started again");
    }

    @Override
    public Duration stop(StopMode mode, Duration timeout) {
        throw cannot("be stopped for a while");
    }

    @Override
    public void signal(long pid, Signal signal) {
        throw cannot("be sent signals");
    }

    private static UnsupportedOperationException cannot(String what) {
        return new UnsupportedOperationException("A server in a container cannot " + what + ": ask canRestart() first");
    }

    @Override
    public void close() {
        container.stop();
    }
}
