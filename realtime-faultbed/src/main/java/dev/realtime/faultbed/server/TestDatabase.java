package dev.realtime.faultbed.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An empty database of a test's own on a server that others use too. Publications and tables live inside it; slots and
 * roles belong to the whole cluster, so their names come from {@link #unique}. Thread-safe.
 */
public final class TestDatabase implements AutoCloseable {

    private static final int DROPS_TRIED = 20;

    private final PostgresServer server;
    private final String name;
    private final AtomicInteger names = new AtomicInteger();

    private TestDatabase(PostgresServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /**
     * Creates a database.
     *
     * @param server where
     * @return an empty database, the caller's to close
     */
    public static TestDatabase on(PostgresServer server) {
        String name = "test_" + UUID.randomUUID().toString().substring(0, 8);
        try {
            server.createDatabase(name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create the database " + name, e);
        }
        return new TestDatabase(server, name);
    }

    /**
     * The server this database is on.
     *
     * @return the server
     */
    public PostgresServer server() {
        return server;
    }

    /**
     * The database's name.
     *
     * @return a name that needs no quotes
     */
    public String name() {
        return name;
    }

    /**
     * The database's address.
     *
     * @return a URL for pgjdbc without credentials
     */
    public String url() {
        return server.url(name);
    }

    /**
     * Opens a connection as superuser.
     *
     * @return a connection in auto-commit mode, the caller's to close
     * @throws SQLException where it cannot be opened
     */
    public Connection connect() throws SQLException {
        return connect(PostgresServer.SUPERUSER);
    }

    /**
     * Opens a connection.
     *
     * @param user a role that needs no password
     * @return a connection in auto-commit mode, the caller's to close
     * @throws SQLException where it cannot be opened
     */
    public Connection connect(String user) throws SQLException {
        return server.connect(name, user);
    }

    /**
     * Runs statements as superuser, each in its own transaction.
     *
     * @param statements SQL
     * @throws SQLException where the server refuses one; those before it stay done
     */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /**
     * Asks for one value as superuser.
     *
     * @param sql a query
     * @return the first column of the first row as text, null where it is null or there is no row
     * @throws SQLException where the server refuses
     */
    public @Nullable String value(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /**
     * A name that nobody else on the server has, fit for a slot, a publication or a role without quotes.
     *
     * @param what at most forty lower-case letters, digits and underscores to begin it with
     * @return a new name at each call
     */
    public String unique(String what) {
        return what + "_" + name.substring("test_".length()) + "_" + names.incrementAndGet();
    }

    /** Ends every session of the database, drops its slots with it, and forgets its prepared transactions. */
    @Override
    public void close() {
        SQLException last = null;
        for (int tried = 0; tried < DROPS_TRIED; tried++) {
            try {
                rollBackPrepared();
                server.execute(
                        // Waits for each walsender's end: a slot still in use keeps its database.
                        "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE active AND database = '"
                                + name + "'",
                        "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
                return;
            } catch (SQLException e) {
                // A client that reconnects between the two statements: once more.
                last = e;
            }
        }
        throw new IllegalStateException("Cannot drop the database " + name, last);
    }

    private void rollBackPrepared() throws SQLException {
        List<String> prepared = new ArrayList<>();
        try (Connection connection = server.connect("postgres", PostgresServer.SUPERUSER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT quote_literal(gid) FROM pg_prepared_xacts WHERE database = '" + name + "'")) {
            while (rows.next()) {
                prepared.add("ROLLBACK PREPARED " + rows.getString(1));
            }
        }
        if (!prepared.isEmpty()) {
            execute(prepared.toArray(String[]::new));
        }
    }
}
