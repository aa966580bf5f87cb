package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.event.TransactionInfo;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.support.Item;
import dev.realtime.support.Streams;
import dev.realtime.wal.Lsn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events that come before their rows: a synchronous standby that does not answer keeps a commit invisible. */
class VisibilityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PostgresServer SERVER = PostgresServer.builder().start();

    @RegisterExtension
    private final Streams streams = new Streams(SERVER);

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    @AfterEach
    void nobodyIsAwaited() throws Exception {
        standby("");
    }

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    private void standby(String name) throws Exception {
        streams.execute("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'", "SELECT pg_reload_conf()");
    }

    @Test
    void a_handler_that_waits_for_visibility_sees_its_row() throws Exception {
        CompletableFuture<Long> before = new CompletableFuture<>();
        CompletableFuture<Boolean> inVain = new CompletableFuture<>();
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        CompletableFuture<Long> after = new CompletableFuture<>();
        streams.start(streams.items().on(Item.class, event -> {
            try (Connection application = streams.database().connect()) {
                before.complete(rows(application));
                inVain.complete(Visibility.await(event.transaction(), application, Duration.ofMillis(100)));
                seen.complete(Visibility.await(event.transaction(), application, PATIENCE));
                after.complete(rows(application));
            }
        }));
        standby("nobody");
        CompletableFuture<Void> writer = CompletableFuture.runAsync(this::insert);

        assertThat(before.get()).as("rows, when the event has come").isZero();
        assertThat(inVain.get()).as("seen while nobody answers").isFalse();
        assertThat(writer).isNotDone();
        standby("");

        assertThat(seen.get()).isTrue();
        assertThat(after.get()).as("rows behind the barrier").isEqualTo(1);
        writer.get();
    }

    @Test
    void a_transaction_that_sees_one_moment_for_ever_is_refused() throws Exception {
        CompletableFuture<TransactionInfo> came = new CompletableFuture<>();
        streams.start(streams.items().on(Item.class, event -> came.complete(event.transaction())));
        try (Connection application = streams.database().connect()) {
            application.setAutoCommit(false);
            application.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            rows(application);
            insert();
            TransactionInfo transaction = came.get();

            assertThatThrownBy(() -> Visibility.await(transaction, application, PATIENCE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("REPEATABLE READ");

            application.rollback();
            assertThat(Visibility.await(transaction, application, Duration.ZERO))
                    .as("from the next transaction on")
                    .isTrue();
        }
    }

    @Test
    void an_interrupt_ends_the_wait_and_is_kept() throws Exception {
        try (Connection application = streams.database().connect()) {
            long next = Long.parseLong(streams.database().value("SELECT pg_snapshot_xmax(pg_current_snapshot())"));
            Thread.currentThread().interrupt();

            boolean seen = Visibility.await(transaction(next + 1000), application, PATIENCE);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(seen).isFalse();
        }
    }

    private static long rows(Connection application) throws SQLException {
        try (Statement statement = application.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM item")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static TransactionInfo transaction(long xid) {
        return new TransactionInfo(xid, Lsn.of(1), Instant.EPOCH);
    }

    private void insert() {
        try {
            streams.execute("INSERT INTO item VALUES (1, 1)");
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
