package dev.realtime.internal.connection;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConfigurationException;
import dev.realtime.error.ConnectException;
import dev.realtime.error.SetupException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Opens connections to one database, outside every pool. Coordinates and secrets are asked for at each connect. The
 * driver is called directly: the {@code DriverManager} would look for it from the caller's class loader and might hand
 * the URL to something that wraps it. Thread-safe.
 */
public final class PostgresConnector {

    private final Coordinates coordinates;
    private final ConnectorSettings settings;

    /**
     * A connector; nothing is opened yet.
     *
     * @param coordinates where the database is
     * @param settings how connections are opened
     */
    public PostgresConnector(Coordinates coordinates, ConnectorSettings settings) {
        this.coordinates = Objects.requireNonNull(coordinates, "coordinates");
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /**
     * Opens an ordinary session, in auto-commit, to be closed soon. An answer that takes longer than {@link
     * ConnectorSettings#controlReadTimeout()} breaks it; a statement that is meant to take long raises that with {@link
     * Connection#setNetworkTimeout}.
     *
     * @return an open connection
     * @throws ConfigurationException where the coordinates cannot be used
     * @throws ConnectException where the server cannot be reached, or not now
     * @throws SetupException where the server does not let this role in
     */
    public Connection connectControl() {
        Target target = Target.of(coordinates);
        common(target);
        // Until it is open, so that the driver's own thread for it, given up after the same time, ends too.
        target.set(PGProperty.SOCKET_TIMEOUT, seconds(settings.loginTimeout()));
        if (PGProperty.SOCKET_FACTORY.getOrNull(target.properties()) == null) {
            target.set(PGProperty.SOCKET_FACTORY, FarewellSocketFactory.class.getName());
        }
        Connection control = open(target, false);
        try {
            control.setNetworkTimeout(
                    Runnable::run, (int) settings.controlReadTimeout().toMillis());
            return control;
        } catch (SQLException e) {
            throw ConnectFailure.explain(e, target, false);
        }
    }

    /**
     * Opens a replication session on the database (manual, section 54.4, {@code replication=database}): it takes
     * replication commands and, one at a time, plain SQL. Its reads never time out by themselves.
     *
     * @param extraProperties further properties of the driver, which win over everything else
     * @return an open connection
     * @throws ConfigurationException where the coordinates cannot be used
     * @throws ConnectException where the server cannot be reached, or not now
     * @throws SetupException where the server does not let this role in, or not for replication
     */
    public Connection connectReplication(Map<String, String> extraProperties) {
        Target target = Target.of(coordinates);
        common(target);
        target.set(PGProperty.REPLICATION, "database");
        // Without it the driver leaves the replication parameter out and an ordinary session comes back.
        target.set(PGProperty.ASSUME_MIN_SERVER_VERSION, "9.4");
        // A walsender does not speak the extended query protocol.
        target.set(PGProperty.PREFER_QUERY_MODE, "simple");
        // A time-out in the middle of a message would leave the driver out of step with the stream.
        target.set(PGProperty.SOCKET_TIMEOUT, "0");
        target.set(PGProperty.GSS_ENC_MODE, "disable");
        target.properties().putAll(extraProperties);
        return open(target, true);
    }

    private void common(Target target) {
        DriverVersion.warnOnce();
        target.set(PGProperty.APPLICATION_NAME, settings.applicationName());
        target.set(PGProperty.CONNECT_TIMEOUT, seconds(settings.connectTimeout()));
        target.set(PGProperty.LOGIN_TIMEOUT, seconds(settings.loginTimeout()));
        target.set(PGProperty.TCP_KEEP_ALIVE, "true");
        target.set(PGProperty.READ_ONLY, "false");
        if (target.hasSeveralHosts()
                && PGProperty.TARGET_SERVER_TYPE
                        .getOrDefault(target.properties())
                        .equals("any")) {
            // The slot lives on the primary; any other host would answer and have none.
            target.set(PGProperty.TARGET_SERVER_TYPE, "primary");
        }
    }

    private static Connection open(Target target, boolean replication) {
        // The driver finds a socket factory through its own class loader or the context's: ours knows it for certain.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(PostgresConnector.class.getClassLoader());
        try {
            Connection connection = new Driver().connect(target.url(), target.properties());
            return Objects.requireNonNull(connection, "the driver refused a URL it had parsed");
        } catch (SQLException e) {
            throw ConnectFailure.explain(e, target, replication);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String seconds(Duration timeout) {
        return Long.toString(timeout.toSeconds());
    }

    /**
     * Where connections lead, for messages.
     *
     * @return hosts, database and role, without parameters and password
     */
    public String describe() {
        return Target.describe(coordinates);
    }
}
