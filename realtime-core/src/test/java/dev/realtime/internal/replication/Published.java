package dev.realtime.internal.replication;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConnectException;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.internal.connection.ConnectorSettings;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.internal.connection.SqlText;
import dev.realtime.wal.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A database with the table {@code t(id, v)}, its publication and a slot that was created after it. */
final class Published implements AutoCloseable {

    final TestDatabase database;
    final String publication = "My \"Pub\", it's größer";
    final String slot;

    private Published(TestDatabase database) throws SQLException {
        this.database = database;
        this.slot = database.unique("slot");
        database.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY, v text)",
                "ALTER TABLE t ALTER v SET STORAGE EXTERNAL",
                "CREATE PUBLICATION " + SqlText.identifier(publication) + " FOR TABLE t",
                "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
    }

    static Published onSharedServer() throws SQLException {
        return new Published(SharedServer.database());
    }

    static Published on(PostgresServer server) throws SQLException {
        return new Published(TestDatabase.on(server));
    }

    PostgresConnector connector() {
        return connector(database.url());
    }

    static PostgresConnector connector(String url) {
        return new PostgresConnector(
                Coordinates.of(url, PostgresServer.SUPERUSER, () -> null), ConnectorSettings.of("realtime test"));
    }

    static SessionSettings settings() {
        return SessionSettings.of("realtime test", Duration.ofSeconds(30));
    }

    /** A walsender that gives up after a second and a half, a status every 200 ms. */
    static SessionSettings impatient() {
        return new SessionSettings(
                "realtime test", Duration.ofMillis(1500), Duration.ofMillis(200), Duration.ofSeconds(12), false);
    }

    WalStream stream() {
        return stream(settings());
    }

    WalStream stream(SessionSettings settings) {
        return stream(connector(), settings);
    }

    WalStream stream(PostgresConnector connector, SessionSettings settings) {
        return ReplicationSession.open(connector, settings).startStreaming(slot, List.of(publication));
    }

    void insert(int from, int to) throws SQLException {
        database.execute("INSERT INTO t SELECT i, 'row ' || i FROM generate_series(" + from + ", " + to + ") i");
    }

    Lsn confirmed() throws SQLException {
        return Lsn.parse(String.valueOf(database.value(
                "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + slot + "'")));
    }

    /** Reads until a record meets the condition, which is the last one returned. */
    static List<WalRecord> readUntil(WalStream stream, Predicate<WalRecord> last) {
        List<WalRecord> records = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            for (WalRecord record = stream.poll(); record != null; record = stream.poll()) {
                records.add(record);
                if (last.test(record)) {
                    return records;
                }
            }
            if (stream.await(deadline) == Wake.END) {
                throw new AssertionError("The stream ended after " + records.size() + " records");
            }
        }
        throw new AssertionError("Not seen within 20 s; read " + records.size() + " records");
    }

    static List<WalRecord> readUntilCommits(WalStream stream, int commits) {
        int[] seen = {0};
        return readUntil(stream, record -> isCommit(record) && ++seen[0] == commits);
    }

    static boolean isCommit(WalRecord record) {
        return record instanceof XLogData data && data.bytes()[data.offset()] == 'C';
    }

    static long rows(List<WalRecord> records) {
        return records.stream()
                .filter(record -> record instanceof XLogData data && data.bytes()[data.offset()] == 'I')
                .count();
    }

    /** Reads and waits until the stream is over, however it ends. */
    static void readToTheEnd(WalStream stream) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        try {
            do {
                while (stream.poll() != null) {
                    // What comes is not of interest here.
                }
            } while (stream.await(deadline) != Wake.END && System.nanoTime() < deadline);
        } catch (ConnectException expected) {
            return;
        }
        if (System.nanoTime() >= deadline) {
            throw new AssertionError("The stream did not end within 20 s");
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
