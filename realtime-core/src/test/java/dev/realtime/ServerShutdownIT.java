package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.StopMode;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Stage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is asked to stop is never held up for long, and what was not handled then comes when it is back. */
@Execution(CONCURRENT)
class ServerShutdownIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration STUCK = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource
    void a_fast_stop_is_over_soon_whatever_handlers_do(Link link) throws Exception {
        try (PostgresServer server = PostgresServer.builder().start();
                Stage stage = new Stage(server, link)) {
            assumeTrue(server.canRestart(), "needs a server that can be restarted");
            Gate gate = new Gate(LedgerRow.testifyingTo(stage.log()));
            Realtime realtime = stage.start(stage.ledger().queueCapacity(10).on(LedgerRow.class, gate));
            stage.write(1);
            stage.awaitAllConfirmed(PATIENCE);

            restart(server, stage, realtime, "idle", IDLE);

            gate.shut();
            stage.write(2);
            gate.awaitSomebody();
            restart(server, stage, realtime, "one event stuck", STUCK);

            stage.database().execute("INSERT INTO ledger SELECT n, 0, 1, '', 0 FROM generate_series(3, 1000) n");
            stage.database().execute("INSERT INTO ledger SELECT n, 0, 1, '', 0 FROM generate_series(1001, 50000) n");
            restart(server, stage, realtime, "full queues", STUCK);

            gate.slow();
            restart(server, stage, realtime, "a slow handler far behind", STUCK);

            gate.open();
            stage.awaitAllConfirmed(PATIENCE);
            stage.judge("After four fast stops");
        }
    }

    private static void restart(PostgresServer server, Stage stage, Realtime realtime, String name, Duration limit)
            throws Exception {
        long sessions = realtime.status().sessions();
        Duration took = server.stop(StopMode.FAST);
        System.out.printf("pg_ctl stop -m fast, %s: %d ms%n", name, took.toMillis());
        server.start();
        assertThat(took).as(name).isLessThan(limit);
        Stage.await(PATIENCE).until(() -> realtime.status().sessions() > sessions && stage.walSender() != null);
    }

    /** Lets events through, or not, or slowly. */
    private static final class Gate implements EventHandler<RealtimeEvent<LedgerRow>> {

        private final EventHandler<RealtimeEvent<LedgerRow>> behind;
        private volatile CountDownLatch shut = new CountDownLatch(0);
        private volatile CountDownLatch somebody = new CountDownLatch(1);
        private volatile boolean slow;

        Gate(EventHandler<RealtimeEvent<LedgerRow>> behind) {
            this.behind = behind;
        }

        @Override
        public void handle(RealtimeEvent<LedgerRow> event) throws Exception {
            somebody.countDown();
            shut.await();
            if (slow) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            behind.handle(event);
        }

        void shut() {
            somebody = new CountDownLatch(1);
            shut = new CountDownLatch(1);
        }

        void awaitSomebody() throws InterruptedException {
            somebody.await();
        }

        void slow() {
            slow = true;
            shut.countDown();
        }

        void open() {
            slow = false;
            shut.countDown();
        }
    }
}
