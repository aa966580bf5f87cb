package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.ledger.WorkloadPlan;
import dev.realtime.faultbed.proxy.Direction;
import dev.realtime.faultbed.proxy.FaultProxy;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Seed;
import dev.realtime.support.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a network does to a stream while writers write, beyond cutting it; judged at the end. */
@Execution(CONCURRENT)
class ProxyFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WAL_SENDER_TIMEOUT = Duration.ofSeconds(2);

    @FunctionalInterface
    private interface Fault {
        void strike(Realtime realtime, Stage stage, Workload writers) throws Exception;
    }

    private static void isSurvived(String name, Link link, Fault fault) throws Exception {
        // A server of its own: on a shared one these writers would hold up the slots of other tests.
        try (PostgresServer server = PostgresServer.builder().start();
                Stage stage = new Stage(server, link)) {
            Realtime realtime = stage.start(stage.ledger()
                    .walSenderTimeout(WAL_SENDER_TIMEOUT)
                    .on(LedgerRow.class, LedgerRow.testifyingTo(stage.log())));
            WorkloadPlan plan = new WorkloadPlan(Seed.of("writers"), 1, 3, Integer.MAX_VALUE, 50, 5);
            try (Workload writers = Workload.start(stage.database(), plan)) {
                writers.awaitCommits(20, PATIENCE);
                fault.strike(realtime, stage, writers);
                writers.awaitCommits(20, PATIENCE);
                writers.stop();
            }
            stage.awaitAllConfirmed(PATIENCE);
            assertThat(stage.judge(name).duplicates())
                    .as("passed over in this process")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_half_closed_connection_is_left_and_nothing_is_lost(Direction direction) throws Exception {
        isSurvived("Half closed, " + direction, Link.PLAIN, (realtime, stage, writers) -> {
            long sessions = realtime.status().sessions();
            stage.proxy().halfClose(direction);
            Stage.await(PATIENCE).until(() -> realtime.status().sessions() > sessions);
        });
    }

    @Test
    void confirmations_that_hardly_arrive_cost_a_connection_at_most() throws Exception {
        isSurvived("Confirmations at five bytes a second", Link.PLAIN, (realtime, stage, writers) -> {
            long sessions = realtime.status().sessions();
            stage.proxy().throttle(5, Direction.TO_SERVER);
            Stage.await(PATIENCE)
                    .until(() -> "0"
                            .equals(stage.database()
                                    .value("SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '"
                                            + stage.slot() + "'")));
            stage.proxy().throttle(0, Direction.TO_SERVER);
            Stage.await(PATIENCE).until(() -> realtime.status().sessions() > sessions);
        });
    }

    @Test
    void a_slow_link_delivers_everything() throws Exception {
        isSurvived("Delayed and slow", Link.TLS, (realtime, stage, writers) -> {
            FaultProxy proxy = stage.proxy();
            for (Direction direction : Direction.values()) {
                proxy.delay(Duration.ofMillis(100), direction);
                proxy.throttle(50_000, direction);
            }
            long length = stage.log().length();
            Stage.await(PATIENCE).until(() -> stage.log().length() > length);
            writers.awaitCommits(100, PATIENCE);
            for (Direction direction : Direction.values()) {
                proxy.delay(Duration.ZERO, direction);
                proxy.throttle(0, direction);
            }
        });
    }

    @Test
    void a_port_that_refuses_for_a_while_is_tried_again_and_found() throws Exception {
        isSurvived("Refused for a while", Link.PLAIN, (realtime, stage, writers) -> {
            long sessions = realtime.status().sessions();
            stage.proxy().refuse(true);
            stage.proxy().cut();
            Stage.await(PATIENCE).until(() -> realtime.status().state() == RealtimeStatus.State.RECONNECTING);
            List<String> threads = stage.threads();
            writers.awaitCommits(300, PATIENCE);
            assertThat(stage.threads()).as("threads").hasSizeLessThanOrEqualTo(threads.size() + 1);
            assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.RECONNECTING);
            stage.proxy().refuse(false);
            Stage.await(PATIENCE).until(() -> realtime.status().sessions() > sessions);
        });
    }

    @Test
    void a_connection_that_breaks_every_moment_makes_progress() throws Exception {
        isSurvived("Broken every moment", Link.TLS, (realtime, stage, writers) -> {
            long length = stage.log().length();
            for (int i = 0; i < 8; i++) {
                long sessions = realtime.status().sessions();
                stage.proxy().cutAtMessage(2 + 3 * i);
                Stage.await(PATIENCE).until(() -> realtime.status().sessions() > sessions);
            }
            assertThat(stage.log().length()).as("handled meanwhile").isGreaterThan(length);
        });
    }
}
