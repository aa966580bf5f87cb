package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.ledger.WorkloadPlan;
import dev.realtime.faultbed.proxy.Direction;
import dev.realtime.faultbed.proxy.Traffic;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Stage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection lives, however slow handlers and networks are, and the slot moves exactly where it may. */
@Execution(CONCURRENT)
class LivenessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WAL_SENDER_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONG = WAL_SENDER_TIMEOUT.multipliedBy(3);
    private static final int ROW_BYTES = 10_000_000;

    @ParameterizedTest
    @EnumSource
    void a_blocked_handler_costs_neither_the_connection_nor_its_event(Link link) throws Exception {
        try (Stage stage = new Stage(SharedServer.get(), link);
                TestDatabase neighbour = SharedServer.database()) {
            CountDownLatch blocked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            stage.start(stage.ledger().walSenderTimeout(WAL_SENDER_TIMEOUT).on(LedgerRow.class, event -> {
                if (event.id().equals(2L)) {
                    blocked.countDown();
                    release.await();
                }
                LedgerRow.testify(stage.log(), event);
            }));
            stage.write(1);
            stage.awaitAllConfirmed(PATIENCE);
            String walSender = stage.walSender();
            stage.write(2);
            stage.write(3);
            blocked.await();
            String unhandled = stage.position();
            Traffic before = stage.proxy().traffic();

            // Keepalives come, with positions far behind the event that nobody has handled.
            write(neighbour, LONG);

            Traffic after = stage.proxy().traffic();
            assertThat(after.keepalives() - before.keepalives())
                    .as("keepalives")
                    .isGreaterThan(5);
            assertThat(after.statusUpdates() - before.statusUpdates())
                    .as("statuses")
                    .isGreaterThan(5);
            assertThat(stage.isConfirmed(unhandled)).isFalse();
            assertThat(stage.walSender()).isEqualTo(walSender);
            release.countDown();
            stage.awaitAllConfirmed(PATIENCE);
            assertThat(stage.walSender()).isEqualTo(walSender);
            stage.judge("A handler blocked for " + LONG.toSeconds() + " s");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_row_that_takes_long_to_arrive_does_not_cost_the_connection(Link link) throws Exception {
        try (Stage stage = new Stage(SharedServer.get(), link)) {
            stage.start(stage.ledger()
                    .walSenderTimeout(WAL_SENDER_TIMEOUT)
                    .on(LedgerRow.class, LedgerRow.testifyingTo(stage.log())));
            String walSender = stage.walSender();
            stage.proxy().throttle(ROW_BYTES / LONG.toSeconds(), Direction.TO_CLIENT);

            long begun = System.nanoTime();
            stage.write(1, "x".repeat(ROW_BYTES));
            stage.awaitAllConfirmed(PATIENCE);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LONG.minusMillis(500));
            assertThat(stage.walSender()).isEqualTo(walSender);
            stage.judge("A row of 10 MB that took " + LONG.toSeconds() + " s");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_idle_stream_beside_a_busy_database_lets_the_server_forget(Link link) throws Exception {
        try (Stage stage = new Stage(SharedServer.get(), link);
                TestDatabase neighbour = SharedServer.database()) {
            stage.start(stage.ledger().on(LedgerRow.class, LedgerRow.testifyingTo(stage.log())));

            write(neighbour, Duration.ZERO);

            stage.awaitAllConfirmed(PATIENCE);
        }
    }

    private static void write(TestDatabase neighbour, Duration atLeast) throws Exception {
        Workload.createTable(neighbour);
        long until = System.nanoTime() + atLeast.toNanos();
        do {
            try (Workload busy =
                    Workload.start(neighbour, WorkloadPlan.seeded(7).transactions(5))) {
                busy.await(PATIENCE);
            }
        } while (System.nanoTime() - until < 0);
    }
}
