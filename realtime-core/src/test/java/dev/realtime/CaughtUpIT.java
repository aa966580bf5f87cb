package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.error.ConfigurationException;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** Waiting until everything is handled. */
@Execution(CONCURRENT)
class CaughtUpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    private final Streams streams = new Streams();

    private final AtomicLong handled = new AtomicLong();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    private Realtime counting() {
        return streams.start(streams.items().on(Item.class, event -> handled.incrementAndGet()));
    }

    @Test
    void everything_that_was_committed_before_is_handled_after() throws Exception {
        Realtime realtime = counting();
        for (int round = 1; round <= 20; round++) {
            streams.execute("INSERT INTO item SELECT n, n FROM generate_series(" + round * 100 + ", " + round * 100
                    + " + 49) n");

            assertThat(realtime.awaitCaughtUp(PATIENCE)).isTrue();

            assertThat(handled).as("round %s", round).hasValue(round * 50L);
        }
    }

    @Test
    void a_commit_that_is_not_flushed_yet_is_waited_for_too() throws Exception {
        Realtime realtime = counting();
        try (Connection writer = streams.database().connect();
                Statement statement = writer.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            for (int n = 1; n <= 20; n++) {
                statement.execute("INSERT INTO item VALUES (" + n + ", 1)");

                assertThat(realtime.awaitCaughtUp(PATIENCE)).isTrue();

                assertThat(handled).hasValue(n);
            }
        }
    }

    @Test
    void nothing_else_has_to_be_written_on_an_idle_server_not_even_by_an_open_transaction() throws Exception {
        Realtime realtime = counting();
        assertThat(realtime.awaitCaughtUp(PATIENCE)).as("with nothing to do").isTrue();
        try (Connection writer = streams.database().connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO item SELECT n, n FROM generate_series(1, 10) n");

            assertThat(realtime.awaitCaughtUp(PATIENCE)).as("beside open work").isTrue();

            assertThat(handled).hasValue(0);
            writer.rollback();
        }
        streams.execute("SELECT pg_switch_wal()");
        assertThat(realtime.awaitCaughtUp(PATIENCE))
                .as("at a new file of the log")
                .isTrue();
    }

    @Test
    void the_slowest_subscription_is_waited_for_and_no_longer_than_the_time_allows() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<Object> slow = new ArrayList<>();
        Realtime realtime = streams.start(streams.items()
                .on(Item.class, event -> handled.incrementAndGet())
                .subscribe(
                        Item.class,
                        s -> s.named("slow").each(event -> {
                            goOn.await();
                            slow.add(event.id());
                        })));
        streams.execute("INSERT INTO item VALUES (1, 1)", "INSERT INTO item VALUES (2, 1)");

        assertThat(realtime.awaitCaughtUp(Duration.ofMillis(300))).isFalse();

        // what comes meanwhile, and no handler sees, must not hold it up when the slow one is done
        streams.execute("CREATE TABLE other (id int)", "INSERT INTO other VALUES (1)");
        CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> caughtUp(realtime));
        goOn.countDown();
        assertThat(answer.get()).isTrue();
        assertThat(slow).containsExactly(1L, 2L);
    }

    @Test
    void a_subscription_that_is_paused_is_not_waited_for_in_vain() throws Exception {
        Realtime realtime = counting();
        realtime.pause("Item");
        streams.execute("INSERT INTO item VALUES (1, 1)");

        assertThat(realtime.awaitCaughtUp(Duration.ofDays(1)))
                .as("while it is paused")
                .isFalse();

        realtime.resume("Item");
        assertThat(realtime.awaitCaughtUp(PATIENCE)).as("when it goes on").isTrue();
        assertThat(handled).hasValue(1);
    }

    @Test
    void a_stream_that_has_ended_catches_up_with_nothing() throws Exception {
        Realtime realtime = counting();
        realtime.close();

        assertThat(realtime.awaitCaughtUp(PATIENCE)).isFalse();
    }

    @Test
    void a_handler_is_refused_because_it_would_wait_for_itself() throws Exception {
        CompletableFuture<Realtime> self = new CompletableFuture<>();
        Received<Item> received = new Received<>();
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        Realtime realtime = streams.start(streams.items().on(Item.class, event -> {
            refusal.complete(refusalOf(self.get()));
            received.handle(event);
        }));
        self.complete(realtime);

        streams.execute("INSERT INTO item VALUES (1, 1)");

        assertThat(refusal.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining(streams.slot());
        RealtimeEvent<Item> event = received.next();
        assertThat(event.id()).isEqualTo(1L);
    }

    @Test
    void the_wait_outlasts_a_broken_connection() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Realtime realtime = streams.start(streams.items().on(Item.class, event -> {
            goOn.await();
            handled.incrementAndGet();
        }));
        streams.execute("INSERT INTO item VALUES (1, 1)");
        CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> caughtUp(realtime));
        streams.execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
                + streams.slot() + "'");
        Eventually.equal(true, () -> realtime.status().sessions() > 1);

        goOn.countDown();

        assertThat(answer.get()).isTrue();
        assertThat(handled).hasValue(1);
    }

    private static boolean caughtUp(Realtime realtime) {
        try {
            return realtime.awaitCaughtUp(PATIENCE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Throwable refusalOf(Realtime realtime) {
        try {
            realtime.awaitCaughtUp(PATIENCE);
            return new ConfigurationException("it was not refused");
        } catch (Exception e) {
            return e;
        }
    }
}
