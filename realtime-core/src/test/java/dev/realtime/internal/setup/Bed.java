package dev.realtime.internal.setup;

import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.mapping.TableName;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SlotPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A database with an owner, who may also replicate, and a role that may do nothing else than replicate. */
final class Bed implements AutoCloseable {

    static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    final TestDatabase database;
    final String owner;
    final String replicator;
    final String slot;
    final String publication;

    private Bed(TestDatabase database) throws SQLException {
        this.database = database;
        this.owner = database.unique("owner");
        this.replicator = database.unique("replicator");
        this.slot = database.unique("slot");
        this.publication = "Pub \"" + database.name() + "\" é";
        database.execute(
                "CREATE ROLE " + owner + " LOGIN REPLICATION",
                "CREATE ROLE " + replicator + " LOGIN REPLICATION",
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + owner,
                "GRANT ALL ON SCHEMA public TO " + owner);
    }

    static Bed make() throws SQLException {
        return on(SharedServer.get());
    }

    static Bed on(PostgresServer server) throws SQLException {
        return new Bed(TestDatabase.on(server));
    }

    int version() {
        return database.server().majorVersion();
    }

    /** Runs SQL as the owner; $slot and $pub stand for the names. */
    void asOwner(String... statements) throws SQLException {
        run(owner, statements);
    }

    void asSuperuser(String... statements) throws SQLException {
        run(PostgresServer.SUPERUSER, statements);
    }

    private void run(String role, String... statements) throws SQLException {
        try (Connection connection = database.connect(role);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(filled(sql));
            }
        }
    }

    String filled(String sql) {
        return sql.replace("$slot", slot).replace("$pub", '"' + publication.replace("\"", "\"\"") + '"');
    }

    static WantedTable table(String name, String... columns) {
        return tableIn(null, name, columns);
    }

    /** The first column is the id. */
    static WantedTable tableIn(@Nullable String schema, String name, String... columns) {
        return new WantedTable(
                "Entity of " + name,
                new TableName(schema, name),
                Set.of(columns),
                Set.of(columns[0]),
                false,
                EnumSet.allOf(Operation.class));
    }

    static WantedTable full(WantedTable table) {
        return new WantedTable(
                table.entity(), table.table(), table.columns(), table.idColumns(), true, table.operations());
    }

    static WantedTable insertsOnly(WantedTable table) {
        return new WantedTable(
                table.entity(),
                table.table(),
                table.columns(),
                table.idColumns(),
                table.fullImages(),
                EnumSet.of(Operation.INSERT));
    }

    SetupRequest request(SlotPolicy policy, WantedTable... tables) {
        return new SetupRequest(publication, List.of(tables), new WantedSlot(slot, policy), null);
    }

    ServerSetup setup(WantedTable... tables) {
        return new ServerSetup(request(SlotPolicy.CREATE_WITH_PUBLICATION, tables));
    }

    Survey survey(String role, ServerSetup setup) throws SQLException {
        try (Connection connection = database.connect(role)) {
            return setup.survey(connection);
        }
    }

    Survey prepare(String role, ServerSetup setup) throws SQLException {
        return prepare(role, setup, LONG_ENOUGH);
    }

    Survey prepare(String role, ServerSetup setup, Duration timeout) throws SQLException {
        try (Connection connection = database.connect(role)) {
            return setup.prepare(connection, SetupMode.APPLY, timeout);
        }
    }

    /** Waits until so many sessions of the database wait for a lock. */
    void awaitWaiters(int expected) throws SQLException {
        long deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
        String query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '"
                + database.name() + "'";
        while (!String.valueOf(expected).equals(database.value(query))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not " + expected + " sessions wait for a lock");
            }
        }
    }

    @Override
    public void close() {
        database.close();
        try {
            database.server()
                    .execute(
                            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '"
                                    + slot + "'",
                            "DROP ROLE " + owner,
                            "DROP ROLE " + replicator);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot tidy up", e);
        }
    }
}
