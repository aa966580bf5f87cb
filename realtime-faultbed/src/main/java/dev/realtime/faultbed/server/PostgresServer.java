package dev.realtime.faultbed.server;

import dev.realtime.faultbed.process.Signal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A running PostgreSQL server that belongs to a test. Its superuser is {@link #SUPERUSER}; connections from this machine
 * are trusted without a password unless the server was built otherwise. Connections and statements may be used from any
 * thread, starting and stopping is for one thread.
 */
public interface PostgresServer extends AutoCloseable {

    /** The role that may do everything. */
    String SUPERUSER = "postgres";

    /**
     * A new cluster of its own, from the binaries on the class path.
     *
     * @return a builder with the settings logical replication needs
     */
    static PostgresServerBuilder builder() {
        return new PostgresServerBuilder();
    }

    /**
     * The name the server listens under.
     *
     * @return a host name, {@code localhost} for a local server
     */
    String host();

    /**
     * The port the server listens on.
     *
     * @return a TCP port, the same over restarts
     */
    int port();

    /**
     * The first part of the server's version number.
     *
     * @return 14, 15, ...
     */
    int majorVersion();

    /**
     * Whether {@link #start}, {@link #stop}, {@link #restart} and {@link #signal} work here. A test that needs them skips
     * where they do not, giving this as its reason.
     *
     * @return false for a server in a container
     */
    boolean canRestart();

    /**
     * Starts the server again after {@link #stop} or a crash.
     *
     * @throws IllegalStateException where it runs or does not come up; the message holds the end of its log
     */
    void start();

    /**
     * Stops the server and waits until it is gone.
     *
     * @param mode how
     * @param timeout how long to wait
     * @return how long it took
     * @throws IllegalStateException where it is not gone in time; it goes on stopping, and may be stopped in a harder mode
     */
    Duration stop(StopMode mode, Duration timeout);

    /**
     * Sends a signal to a process of the server, for example to a walsender. The loss of any backend by {@link Signal#KILL}
     * makes the server restart all others.
     *
     * @param pid as in {@code pg_stat_replication.pid}
     * @param signal what to send
     */
    void signal(long pid, Signal signal);

    /** Stops the server at once and removes what belongs to it. Does nothing the second time. */
    @Override
    void close();

    /**
     * Stops the server and waits for up to a minute until it is gone.
     *
     * @param mode how
     * @return how long it took
     */
    default Duration stop(StopMode mode) {
        return stop(mode, Duration.ofMinutes(1));
    }

    /**
     * Stops the server and starts it again on the same port.
     *
     * @param mode how to stop
     * @return how long the server was away
     */
    default Duration restart(StopMode mode) {
        long before = System.nanoTime();
        stop(mode);
        start();
        return Duration.ofNanos(System.nanoTime() - before);
    }

    /**
     * Waits for up to half a minute until the server takes connections. Right after the death of a backend it may still do so,
     * before it has noticed: for that there is {@link #crash}.
     *
     * @throws IllegalStateException where it takes none, with its last word as cause
     */
    default void awaitReady() {
        Patience.await(
                "The server takes no connections",
                () -> connect("postgres", SUPERUSER).close());
    }

    /**
     * Kills a backend, and waits until the server has ended all other sessions, recovered, and takes connections again. A fast
     * stop asked for in the middle of that may hang.
     *
     * @param pid as in {@code pg_stat_replication.pid}
     * @throws IllegalStateException where the server does not get that far within a minute
     */
    default void crash(long pid) {
        try (Connection bystander = connect("postgres", SUPERUSER)) {
            kill9(pid);
            Patience.awaitLoss("The server has not noticed the death of " + pid, bystander);
        } catch (SQLException e) {
            throw new IllegalStateException("No connection before the crash", e);
        }
        awaitReady();
    }

    /**
     * Kills a process of the server as the kernel's out-of-memory killer would.
     *
     * @param pid as in {@code pg_stat_replication.pid}
     */
    default void kill9(long pid) {
        signal(pid, Signal.KILL);
    }

    /**
     * The address of a database.
     *
     * @param database its name, made of characters a URL does not escape
     * @return a URL for pgjdbc without credentials
     */
    default String url(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    /**
     * Opens an ordinary connection.
     *
     * @param database its name
     * @param user a role that needs no password
     * @return a connection in auto-commit mode, the caller's to close
     * @throws SQLException where it cannot be opened
     */
    default Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection(url(database), user, null);
    }

    /**
     * Creates an empty database in UTF-8, whatever the server's own encoding is.
     *
     * @param name its name, quoted where it must be
     * @throws SQLException where the server refuses
     */
    default void createDatabase(String name) throws SQLException {
        execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
    }

    /**
     * Runs statements as superuser in the database {@code postgres}, each in its own transaction.
     *
     * @param statements SQL
     * @throws SQLException where the server refuses one; those before it stay done
     */
    default void execute(String... statements) throws SQLException {
        try (Connection connection = connect("postgres", SUPERUSER);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
