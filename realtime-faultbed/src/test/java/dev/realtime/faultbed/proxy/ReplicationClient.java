package dev.realtime.faultbed.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.TestDatabase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** The smallest replication client there is, on pgjdbc's own interface. */
final class ReplicationClient implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    final String slot;
    private final Connection connection;
    private final PGReplicationStream stream;

    ReplicationClient(TestDatabase database, FaultProxy proxy, Map<String, String> more) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", PostgresServer.SUPERUSER);
        properties.setProperty("replication", "database");
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("preferQueryMode", "simple");
        properties.putAll(more);
        slot = database.unique("proxied");
        database.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");
        connection = DriverManager.getConnection(proxy.url(database.name()), properties);
        stream = connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withAutomaticFlush(false)
                .withStatusInterval(1, TimeUnit.HOURS)
                .start();
    }

    /** The next message's text, or null at a deadline that stands in for "never". */
    @Nullable
    String next(Duration patience) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            ByteBuffer message = stream.readPending();
            if (message != null) {
                return StandardCharsets.UTF_8.decode(message).toString();
            }
        }
        return null;
    }

    /** Reads to the end of a transaction; how many messages that took. */
    int readTransaction() throws SQLException {
        int messages = 0;
        while (true) {
            String message = next(DEADLINE);
            if (message == null) {
                throw new AssertionError("No commit after " + messages + " messages");
            }
            messages++;
            if (message.startsWith("COMMIT")) {
                return messages;
            }
        }
    }

    /** Waits for the connection's end; polling never sees one that comes without an error (a FIN). */
    void awaitEnd() throws Exception {
        Future<?> reading = CompletableFuture.runAsync(() -> {
            try {
                while (stream.read() != null) {
                    // What was on its way.
                }
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        try {
            reading.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(SQLException.class);
            assertThat(((SQLException) e.getCause()).getSQLState()).isEqualTo("08006");
            return;
        }
        throw new AssertionError("The stream ended in good order");
    }

    LogSequenceNumber received() {
        return stream.getLastReceiveLSN();
    }

    void confirm(LogSequenceNumber position) throws SQLException {
        stream.setFlushedLSN(position);
        stream.setAppliedLSN(position);
        stream.forceUpdateStatus();
    }

    @Override
    public void close() throws SQLException {
        connection.abort(Runnable::run);
    }
}
