package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.RealtimeStatus.SubscriptionState;
import dev.realtime.error.ConfigurationException;
import dev.realtime.error.GapException;
import dev.realtime.event.Gap;
import dev.realtime.event.WalRetention;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** How much of its log the server keeps for us, and what becomes of who holds too much of it. */
@Execution(CONCURRENT)
class RetentionIT {

    private static final long MEGABYTE = 1 << 20;
    private static final PostgresServer SERVER =
            PostgresServer.builder().setting("max_slot_wal_keep_size", "1GB").start();

    @RegisterExtension
    private final Streams streams = new Streams(SERVER);

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicLong stuck = new AtomicLong();
    private final List<Gap> told = new CopyOnWriteArrayList<>();
    private final Received<Item> received = new Received<>();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    @AfterEach
    void letGo() {
        goOn.countDown();
    }

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    /** One subscription that is stuck in its first event, and one that is not. */
    private Realtime start(WalRetention beyond) {
        return streams.start(builder(beyond));
    }

    private RealtimeBuilder builder(WalRetention beyond) {
        return streams.items()
                .lookingAtRetention(Duration.ofSeconds(1))
                .maxRetainedWal(4 * MEGABYTE, beyond)
                .queueCapacity(10)
                .detachAfter(Duration.ofMillis(50))
                .onGap(told::add)
                .subscribe(Item.class, s -> s.named("quick").each(received))
                .subscribe(
                        Item.class,
                        s -> s.named("stuck").each(event -> {
                            goOn.await();
                            stuck.incrementAndGet();
                        }));
    }

    private void writeMuch() throws Exception {
        streams.execute("INSERT INTO item SELECT n, n, '', repeat(md5(n::text), 30) FROM generate_series(1, 100) n");
        for (int i = 0; i < 6; i++) {
            streams.execute("SELECT pg_logical_emit_message(false, 'test', repeat('x', 1000000))");
        }
    }

    @Test
    void who_may_keep_its_place_does_and_the_status_tells_how_much_is_kept_for_it() throws Exception {
        Realtime realtime = start(WalRetention.KEEP);
        Eventually.equal(false, () -> retained(realtime).isOverBudget());
        assertThat(retained(realtime).walStatus()).isEqualTo("reserved");
        assertThat(retained(realtime).safeBytes()).isPositive();

        writeMuch();

        Eventually.equal(true, () -> retained(realtime).isOverBudget());
        assertThat(retained(realtime).bytes()).isGreaterThan(4 * MEGABYTE);
        goOn.countDown();
        Eventually.equal(100L, stuck::get);
        assertThat(realtime.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
        Eventually.equal(false, () -> {
            streams.execute("CHECKPOINT"); // the server moves a slot's beginning when it notes who is running
            return retained(realtime).isOverBudget();
        });
    }

    @Test
    void who_holds_too_much_is_detached_and_says_what_is_lost_to_it_and_the_others_go_on() throws Exception {
        Realtime realtime = start(WalRetention.DETACH);

        writeMuch();

        Eventually.equal(
                List.of(SubscriptionState.STREAMING, SubscriptionState.DETACHED),
                () -> realtime.status().subscriptions().stream()
                        .map(RealtimeStatus.Subscription::state)
                        .toList());
        RealtimeStatus.Subscription detached = realtime.status().subscriptions().get(1);
        assertThat(detached.lastError())
                .isInstanceOf(GapException.class)
                .hasMessageContaining("stuck")
                .hasMessageContaining(detached.position().toString());
        Gap gap = realtime.status().gap();
        assertThat(told).containsExactly(gap);
        assertThat(gap.reason()).isEqualTo(Gap.Reason.CLAIM_DROPPED);
        assertThat(gap.subscription()).isEqualTo("stuck");
        assertThat(gap.from()).isEqualTo(detached.position());
        assertThat(received.next(100)).hasSize(100);
        streams.execute("INSERT INTO item VALUES (1000, 1)");
        assertThat(received.next().id()).isEqualTo(1000L);
        awaitConfirmed();
        assertThatExceptionOfType(GapException.class).isThrownBy(() -> realtime.resume("stuck"));
        assertThat(realtime.awaitCaughtUp(Duration.ofSeconds(30)))
                .as("not by every subscription")
                .isFalse();
        goOn.countDown();
        streams.execute("INSERT INTO item VALUES (1001, 1)");
        assertThat(received.next().id()).isEqualTo(1001L);
        assertThat(stuck).as("no more than it was at").hasValueLessThanOrEqualTo(1);
    }

    @Test
    void with_stored_positions_what_is_lost_is_found_again_at_the_next_start() throws Exception {
        try (Realtime realtime = builder(WalRetention.DETACH).offsets().start()) {
            writeMuch();
            Eventually.equal(SubscriptionState.DETACHED, () -> stateOfStuck(realtime));
            Lsn place = realtime.status().subscriptions().get(1).position();
            // An idle position is not worth a record in the store for long, so the slot's end is not waited for.
            Eventually.equal("t", () -> confirmedIs("> '" + place + "'"));
            goOn.countDown();
        }

        Realtime again = streams.start(builder(WalRetention.DETACH).offsets());

        Eventually.equal(SubscriptionState.STOPPED, () -> stateOfStuck(again));
        assertThat(again.status().subscriptions().get(1).lastError()).isInstanceOf(GapException.class);
    }

    private static SubscriptionState stateOfStuck(Realtime realtime) {
        return realtime.status().subscriptions().get(1).state();
    }

    /** Everything that is committed by now. */
    private void awaitConfirmed() throws Exception {
        String now = streams.database().value("SELECT pg_current_wal_flush_lsn()");
        Eventually.equal("t", () -> confirmedIs(">= '" + now + "'"));
    }

    private String confirmedIs(String compared) throws Exception {
        return streams.database()
                .value("SELECT confirmed_flush_lsn " + compared + " FROM pg_replication_slots WHERE slot_name = '"
                        + streams.slot() + "'");
    }

    @Test
    void a_budget_of_nearly_nothing_is_refused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> streams.items().maxRetainedWal(MEGABYTE - 1, WalRetention.KEEP));
    }

    private static RealtimeStatus.RetainedWal retained(Realtime realtime) {
        RealtimeStatus.RetainedWal retained = realtime.status().retainedWal();
        return retained == null
                ? new RealtimeStatus.RetainedWal(0, true, "not asked yet", null, java.time.Instant.EPOCH)
                : retained;
    }
}
