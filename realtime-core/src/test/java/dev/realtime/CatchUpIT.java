package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.ledger.WorkloadPlan;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Seed;
import dev.realtime.support.Stage;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Subscriptions that leave the shared stream and come back, while everything breaks. */
@Execution(CONCURRENT)
class CatchUpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource
    void each_subscription_gets_everything_in_order_however_often_it_falls_behind(Link link) throws Exception {
        long seed = Seed.of("falls");
        Random random = new Random(seed);
        try (PostgresServer server = PostgresServer.builder().start();
                Stage stage = new Stage(server, link)) {
            AtomicInteger slow = new AtomicInteger();
            Realtime realtime = stage.start(stage.ledger()
                    .queueCapacity(50)
                    .detachAfter(Duration.ofMillis(20))
                    .subscribe(LedgerRow.class, s -> s.named("quick").each(LedgerRow.testifyingTo(stage.log())))
                    .subscribe(
                            LedgerRow.class,
                            s -> s.named("slow")
                                    .each(lagging(
                                            slow,
                                            LedgerRow.testifyingTo(
                                                    stage.testimony().log()))))
                    .subscribe(
                            LedgerRow.class,
                            s -> s.named("fragile")
                                    .retrying(Retry.exponential(Duration.ofMillis(1), Duration.ofMillis(5))
                                            .attempts(2))
                                    .each(failing(
                                            new Random(seed),
                                            LedgerRow.testifyingTo(
                                                    stage.testimony().log())))));
            WorkloadPlan plan = new WorkloadPlan(seed, 1, 3, Integer.MAX_VALUE, 100, 0);
            try (Workload writers = Workload.start(stage.database(), plan)) {
                for (int i = 0; i < 12; i++) {
                    slow.set(300);
                    writers.awaitCommits(30 + random.nextInt(60), PATIENCE);
                    switch (random.nextInt(5)) {
                        case 0 -> stage.proxy().cut();
                        case 1 -> stage.proxy().reset();
                        case 2 -> stage.proxy().cutAtMessage(1 + random.nextInt(200));
                        case 3 -> realtime.pause("quick");
                        default ->
                            stage.database()
                                    .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_replication"
                                            + " WHERE application_name = 'realtime:" + stage.slot() + "'");
                    }
                    writers.awaitCommits(random.nextInt(60), PATIENCE);
                    realtime.resume("quick");
                    realtime.resume("fragile");
                }
                writers.stop();
            }
            String written = stage.position();
            Stage.await(PATIENCE).until(() -> {
                realtime.resume("fragile");
                return stage.isConfirmed(written);
            });
            assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.STREAMING);
            stage.judge("Fallen behind again and again");
            Stage.await(PATIENCE).until(() -> stage.threads().size() == 5);
            assertThat(stage.database()
                            .value("SELECT count(*) FROM pg_replication_slots WHERE temporary AND database = '"
                                    + stage.database().name() + "'"))
                    .as("copies of the slot")
                    .isEqualTo("0");
        }
    }

    private static EventHandler<RealtimeEvent<LedgerRow>> lagging(
            AtomicInteger slow, EventHandler<RealtimeEvent<LedgerRow>> behind) {
        return event -> {
            if (slow.getAndDecrement() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            behind.handle(event);
        };
    }

    private static EventHandler<RealtimeEvent<LedgerRow>> failing(
            Random random, EventHandler<RealtimeEvent<LedgerRow>> behind) {
        return event -> {
            if (random.nextInt(200) == 0) {
                throw new IllegalStateException("planted");
            }
            behind.handle(event);
            if (random.nextInt(200) == 0) {
                throw new IllegalStateException("planted behind the work");
            }
        };
    }
}
