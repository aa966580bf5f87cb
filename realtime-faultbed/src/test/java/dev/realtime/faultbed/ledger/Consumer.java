package dev.realtime.faultbed.ledger;

import dev.realtime.faultbed.proxy.FaultProxy;
import dev.realtime.faultbed.server.TestDatabase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * The smallest consumer of the ledger that keeps its word, or, told so, one that confirms a transaction before it has handled
 * it. It connects again whenever it is thrown off.
 */
final class Consumer implements AutoCloseable {

    private static final long IDLE_STATUS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final TestDatabase database;
    private final FaultProxy proxy;
    private final HandledLog log;
    private final boolean hasty;
    private final String slot;
    private final CompletableFuture<Void> running;
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile boolean closed;
    private long commit;
    private long ordinal;
    private long lastStatus;

    Consumer(TestDatabase database, String slot, FaultProxy proxy, HandledLog log, boolean hasty) throws SQLException {
        this.database = database;
        this.slot = slot;
        this.proxy = proxy;
        this.log = log;
        this.hasty = hasty;
        database.execute(
                "CREATE PUBLICATION " + slot + " FOR TABLE ledger",
                "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
        this.running = CompletableFuture.runAsync(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                stream();
            } catch (SQLException thrownOff) {
                waiting.clear();
            }
        }
    }

    private void stream() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("replication", "database");
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("preferQueryMode", "simple");
        Connection connection = DriverManager.getConnection(proxy.url(database.name()), properties);
        try {
            PGReplicationStream stream = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(slot)
                    .withSlotOption("proto_version", "1")
                    .withSlotOption("publication_names", slot)
                    .withAutomaticFlush(false)
                    .withStatusInterval(1, TimeUnit.HOURS)
                    .start();
            while (!closed) {
                ByteBuffer message = stream.readPending();
                if (message != null) {
                    take(message, stream);
                } else if (System.nanoTime() - lastStatus > IDLE_STATUS_NANOS) {
                    stream.forceUpdateStatus();
                    lastStatus = System.nanoTime();
                }
            }
        } finally {
            connection.abort(Runnable::run);
        }
    }

    /** PostgreSQL manual, section 54.9: as much of it as a ledger needs. */
    private void take(ByteBuffer message, PGReplicationStream stream) throws SQLException {
        switch (message.get()) {
            case 'B' -> {
                commit = message.getLong();
                ordinal = 0;
            }
            case 'I' -> row(Operation.INSERT, message.position(message.position() + 5));
            case 'D' -> row(Operation.DELETE, message.position(message.position() + 5));
            case 'U' -> {
                if (message.get(message.position() + 4) == 'K') {
                    tuple(message.position(message.position() + 5));
                    row(Operation.UPDATE, message.position(message.position() + 1));
                } else {
                    row(Operation.UPDATE, message.position(message.position() + 5));
                }
            }
            case 'C' -> {
                LogSequenceNumber end = LogSequenceNumber.valueOf(message.getLong(message.position() + 9));
                if (!hasty) {
                    handleWaiting();
                }
                stream.setFlushedLSN(end);
                stream.setAppliedLSN(end);
                stream.forceUpdateStatus();
                handleWaiting();
            }
            default -> {
                // A relation.
            }
        }
    }

    private void handleWaiting() {
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    private void row(Operation operation, ByteBuffer message) {
        List<String> columns = tuple(message);
        String key = columns.get(0);
        String body = columns.get(3);
        int crc = operation == Operation.DELETE ? 0 : body == null ? Integer.parseInt(columns.get(4)) : crc(body);
        long position = commit;
        long number = ordinal++;
        waiting.add(() -> log.append(position, number, operation, key, crc, true));
    }

    private static List<String> tuple(ByteBuffer message) {
        List<String> columns = new ArrayList<>();
        for (int left = message.getShort(); left > 0; left--) {
            byte[] text = message.get() == 't' ? new byte[message.getInt()] : null;
            if (text != null) {
                message.get(text);
            }
            columns.add(text == null ? null : new String(text, StandardCharsets.UTF_8));
        }
        return columns;
    }

    private static int crc(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        closed = true;
        running.join();
    }
}
