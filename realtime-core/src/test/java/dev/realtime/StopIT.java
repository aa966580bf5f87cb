package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.RealtimeStatus.State;
import dev.realtime.RealtimeStatus.SubscriptionState;
import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.faultbed.ledger.HandledLog;
import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.ledger.WorkloadPlan;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Seed;
import dev.realtime.support.Stage;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Every end of a stream: in order or not, wished by anyone, from anywhere. */
@Execution(CONCURRENT)
class StopIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PROMPTLY = Duration.ofSeconds(5);

    private final Stage stage = new Stage(SharedServer.get(), Link.PLAIN);
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void ten_graceful_stops_among_writers_lose_nothing_and_repeat_nothing() throws Exception {
        stopGracefully(10);
    }

    @Test
    @Tag("long")
    void a_hundred_graceful_stops_among_writers_lose_nothing_and_repeat_nothing() throws Exception {
        stopGracefully(100);
    }

    private void stopGracefully(int times) throws Exception {
        long seed = Seed.of("stops");
        Random random = new Random(seed);
        testifying().close();
        try (Workload writers =
                Workload.start(stage.database(), new WorkloadPlan(seed, 1, 3, Integer.MAX_VALUE, 50, 0))) {
            for (int i = 0; i < times; i++) {
                Realtime realtime = testifying();
                writers.awaitCommits(1 + random.nextInt(40), PATIENCE);
                realtime.close();
                assertThat(realtime.status().state()).isEqualTo(State.STOPPED);
                Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
            }
            writers.stop();
        }
        testifying();
        stage.awaitAllConfirmed(PATIENCE);
        assertThat(stage.judge("After " + times + " graceful stops").duplicates())
                .isZero();
    }

    @Test
    void a_stuck_handler_behind_a_full_queue_is_interrupted_when_its_time_is_over() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Realtime realtime = stage.start(stage.ledger().queueCapacity(1).on(LedgerRow.class, event -> {
            blocked.countDown();
            never.await();
        }));
        stage.database().execute("INSERT INTO ledger SELECT n, 0, 1, '', 0 FROM generate_series(1, 1000) n");
        blocked.await();

        Duration took = time(() -> realtime.stop(Duration.ofSeconds(1)));

        assertThat(took).isBetween(Duration.ofMillis(900), PROMPTLY);
        Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
        testifying();
        stage.awaitAllConfirmed(PATIENCE);
        stage.judge("Stopped behind a full queue");
    }

    @Test
    void behind_a_full_queue_nothing_is_begun_once_a_stop_is_wished() throws Exception {
        Realtime realtime = stage.start(stage.ledger().queueCapacity(10).on(LedgerRow.class, this::whenLetGo));
        writeTransactions(1000);
        atWork.await();
        awaitQueued(realtime, 10);

        FutureTask<Duration> took = stopping(realtime, PATIENCE);
        goOn.countDown();

        assertThat(took.get()).isLessThan(PROMPTLY);
        assertThat(stage.log().read().rows())
                .as("handled: the transaction that was begun")
                .hasSize(2);
        Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
        testifying();
        stage.awaitAllConfirmed(PATIENCE);
        assertThat(stage.judge("Stopped before the second of a thousand").duplicates())
                .isZero();
    }

    @Test
    void a_stop_does_not_wait_for_an_answer_of_the_database_and_nothing_is_begun_meanwhile() throws Exception {
        Realtime realtime = stage.start(stage.ledger().on(LedgerRow.class, this::whenLetGo));
        writeTransactions(100);
        atWork.await();
        awaitQueued(realtime, 10);
        try (Connection migration = stage.database().connect();
                Statement statement = migration.createStatement()) {
            migration.setAutoCommit(false);
            statement.execute("LOCK TABLE pg_publication IN ACCESS EXCLUSIVE MODE");
            stage.proxy().cut();
            Stage.await(PATIENCE)
                    .until(() -> stage.database()
                                    .value(
                                            "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '"
                                                    + stage.database().name() + "'")
                            != null);

            FutureTask<Duration> took = stopping(realtime, Duration.ofSeconds(1));
            goOn.countDown();

            assertThat(took.get()).isLessThan(Duration.ofMillis(2500));
            assertThat(stage.log().read().rows())
                    .as("handled: the transaction that was begun")
                    .hasSize(2);
            Stage.await(PATIENCE)
                    .until(() -> stage.threads().stream()
                            .noneMatch(name -> name.endsWith("-LedgerRow") || name.endsWith("-reader")));
        }
        testifying();
        stage.awaitAllConfirmed(PATIENCE);
        stage.judge("Stopped during a question");
    }

    @Test
    void a_slow_handler_with_much_before_it_stops_behind_the_transaction_it_is_at() throws Exception {
        Realtime realtime = stage.start(stage.ledger().queueCapacity(1000).on(LedgerRow.class, event -> {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            LedgerRow.testify(stage.log(), event);
        }));
        writeTransactions(1000);
        awaitQueued(realtime, 900);

        assertThat(time(realtime::close)).isLessThan(Duration.ofSeconds(2));

        Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
        assertThat(stage.log().read().rows()).hasSizeLessThan(2000);
        testifying();
        stage.awaitAllConfirmed(PATIENCE);
        assertThat(stage.judge("Stopped with full queues").duplicates()).isZero();
    }

    @Test
    void subscriptions_that_are_left_behind_hold_up_no_stop_and_lose_nothing() throws Exception {
        HandledLog paused = stage.testimony().log();
        HandledLog retrying = stage.testimony().log();
        HandledLog slow = stage.testimony().log();
        AtomicBoolean works = new AtomicBoolean();
        Supplier<Realtime> start = () -> stage.start(stage.ledger()
                .queueCapacity(20)
                .detachAfter(Duration.ofMillis(20))
                .subscribe(LedgerRow.class, s -> s.named("quick").each(LedgerRow.testifyingTo(stage.log())))
                .subscribe(LedgerRow.class, s -> s.named("paused").each(LedgerRow.testifyingTo(paused)))
                .subscribe(
                        LedgerRow.class,
                        s -> s.named("retrying").each(event -> {
                            if (!works.get()) {
                                throw new IllegalStateException("planted");
                            }
                            LedgerRow.testify(retrying, event);
                        }))
                .subscribe(
                        LedgerRow.class,
                        s -> s.named("slow").each(event -> {
                            if (!works.get()) {
                                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                            }
                            LedgerRow.testify(slow, event);
                        })));
        Realtime realtime = start.get();
        realtime.pause("paused");
        writeTransactions(500);
        Stage.await(PATIENCE)
                .until(() -> realtime.status().subscriptions().stream()
                        .map(RealtimeStatus.Subscription::state)
                        .toList()
                        .equals(List.of(
                                SubscriptionState.STREAMING,
                                SubscriptionState.PAUSED,
                                SubscriptionState.CATCHING_UP,
                                SubscriptionState.CATCHING_UP)));

        assertThat(time(() -> realtime.stop(Duration.ofSeconds(1)))).isLessThan(PROMPTLY);

        Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
        assertThat(realtime.status().state()).isEqualTo(State.STOPPED);
        works.set(true);
        start.get();
        stage.awaitAllConfirmed(PATIENCE);
        stage.judge("Stopped while three were left behind");
    }

    @Test
    void a_handler_that_cannot_be_interrupted_does_not_hold_up_close() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        AtomicBoolean release = new AtomicBoolean();
        Realtime realtime =
                stage.start(stage.ledger().stopTimeout(Duration.ofSeconds(1)).on(LedgerRow.class, event -> {
                    blocked.countDown();
                    while (!release.get()) {
                        LockSupport.parkNanos(10_000_000);
                    }
                }));
        stage.write(1);
        String unhandled = stage.position();
        blocked.await();

        assertThat(time(realtime::close)).isLessThan(PROMPTLY);

        assertThat(stage.isConfirmed(unhandled)).isFalse();
        release.set(true);
        Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
    }

    @Test
    void an_interrupted_thread_can_close() throws Exception {
        Realtime realtime = testifying();
        stage.write(1);
        stage.awaitAllConfirmed(PATIENCE);
        Thread.currentThread().interrupt();

        Duration took = time(realtime::close);

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(took).isLessThan(PROMPTLY);
        Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
    }

    @Test
    void a_stream_that_failed_leaves_no_thread_behind_when_it_is_closed() throws Exception {
        Realtime realtime = stage.start(stage.ledger().on(LedgerRow.class, event -> {
            throw new IllegalStateException("planted");
        }));
        stage.write(1);
        Stage.await(PATIENCE)
                .until(() -> realtime.status().subscriptions().get(0).failures() > 0);
        stage.proxy().refuse(true);
        stage.proxy().cut();
        Stage.await(PATIENCE).until(() -> stage.walSender() == null);
        stage.database().execute("SELECT pg_drop_replication_slot('" + stage.slot() + "')");
        stage.proxy().refuse(false);
        Stage.await(PATIENCE).until(() -> realtime.status().state() == State.FAILED);

        assertThat(time(() -> realtime.stop(Duration.ofSeconds(1)))).isLessThan(PROMPTLY);

        Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
    }

    @Test
    void a_start_that_nobody_answers_ends_in_time_and_leaves_nothing_behind() {
        stage.proxy().blackHole(true);
        Duration took = time(() -> assertThatThrownBy(() -> stage.ledger()
                        .startTimeout(Duration.ofSeconds(2))
                        .on(LedgerRow.class, event -> {})
                        .start())
                .isInstanceOf(ConnectException.class));
        assertThat(took).isLessThan(PROMPTLY);
        Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
        stage.proxy().blackHole(false);
    }

    @Test
    void an_interrupted_start_ends_and_leaves_nothing_behind() {
        stage.proxy().blackHole(true);
        Thread.currentThread().interrupt();
        Duration took = time(() -> assertThatThrownBy(
                        () -> stage.ledger().on(LedgerRow.class, event -> {}).start())
                .isInstanceOf(RealtimeException.class));
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(took).isLessThan(PROMPTLY);
        Stage.await(PATIENCE).until(() -> stage.threads().isEmpty());
        stage.proxy().blackHole(false);
    }

    private Realtime testifying() {
        return stage.start(stage.ledger().on(LedgerRow.class, LedgerRow.testifyingTo(stage.log())));
    }

    private void whenLetGo(RealtimeEvent<LedgerRow> event) throws InterruptedException {
        atWork.countDown();
        goOn.await();
        LedgerRow.testify(stage.log(), event);
    }

    /** Of two rows each. */
    private void writeTransactions(int count) throws Exception {
        stage.database()
                .execute(
                        "DO $$ BEGIN FOR id IN 1.." + count
                                + " LOOP INSERT INTO ledger VALUES (id, 0, 1, '', 0), (-id, 0, 1, '', 0); COMMIT; END LOOP; END $$");
    }

    private static void awaitQueued(Realtime realtime, int changes) {
        Stage.await(PATIENCE)
                .until(() -> realtime.status().subscriptions().get(0).queued() >= changes);
    }

    /** Stops it on a thread of its own, and returns when that thread has told its wish and waits. */
    private static FutureTask<Duration> stopping(Realtime realtime, Duration timeout) {
        FutureTask<Duration> took = new FutureTask<>(() -> time(() -> realtime.stop(timeout)));
        Thread stopper = new Thread(took, "stopper");
        stopper.start();
        Stage.await(PATIENCE).until(() -> stopper.getState() == Thread.State.TIMED_WAITING);
        return took;
    }

    private static Duration time(Runnable action) {
        long before = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - before);
    }
}
