package dev.realtime.internal.bus;

import static dev.realtime.internal.bus.BusBed.delete;
import static dev.realtime.internal.bus.BusBed.insert;
import static dev.realtime.internal.bus.BusBed.rename;
import static dev.realtime.internal.bus.BusBed.truncate;
import static dev.realtime.internal.bus.BusBed.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Action;
import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.internal.bus.SubscriptionProgress.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several events at a time, those of one id in order. */
class LanesTest {

    private static final Retry SOON = Retry.exponential(Duration.ofNanos(1), Duration.ofNanos(1));

    @RegisterExtension
    private final BusBed bed = new BusBed();

    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch release = new CountDownLatch(1);

    private void start(Retry retry, int lanes, EventHandler<RealtimeEvent<?>> handler) {
        Manner manner = new Manner.Parallel(handler, lanes, 64);
        bed.subscribe(new SubscriptionSpec("lanes", Set.of(0), EventFilter.ALL, retry, manner));
        bed.start(1_000);
    }

    private void log(RealtimeEvent<?> event) {
        handled.add(event.action() + " " + event.id());
    }

    @Test
    void an_id_that_is_stuck_holds_up_its_own_lane_and_the_mark_and_nothing_else() {
        start(SOON, 8, event -> {
            if ("stuck".equals(event.id()) && event.action() == Action.INSERT) {
                release.await();
            }
            log(event);
        });
        bed.transaction(insert("stuck"), update("stuck"));
        for (int i = 0; i < 20; i++) {
            bed.transaction(insert("other" + i));
        }

        bed.until(() -> handled.size() >= 10);
        assertThat(handled).doesNotContain("INSERT stuck", "UPDATE stuck");
        assertThat(bed.mark.advance()).isLessThan(bed.history.get(0).end());

        release.countDown();
        bed.untilFinished();
        assertThat(handled).hasSize(22);
        assertThat(handled.indexOf("INSERT stuck")).isLessThan(handled.indexOf("UPDATE stuck"));
    }

    @Test
    void events_run_on_as_many_threads_as_there_are_lanes() {
        CountDownLatch together = new CountDownLatch(3);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        AtomicBoolean asked = new AtomicBoolean();
        start(SOON, 3, event -> {
            threads.add(Thread.currentThread().getName());
            asked.set(bed.bus.isHandlerThread());
            together.countDown();
            together.await();
        });
        for (int i = 0; i < 30; i++) {
            bed.transaction(insert("n" + i));
        }

        bed.untilFinished();
        assertThat(threads)
                .containsExactlyInAnyOrder(
                        "realtime-test-lanes-lane-1", "realtime-test-lanes-lane-2", "realtime-test-lanes-lane-3");
        assertThat(asked).isTrue();
    }

    @Test
    void a_change_of_an_id_is_a_barrier_for_both_and_a_truncate_for_all() {
        start(SOON, 8, event -> {
            if (event.action() == Action.INSERT) {
                release.await();
            }
            log(event);
        });
        bed.transaction(insert("a"), rename("a", "b"), update("b"), insert("a"));
        bed.transaction(insert("c"), insert("d"), truncate(), delete("e"), update("f"));
        bed.turn();
        assertThat(handled).isEmpty();

        release.countDown();
        bed.untilFinished();
        assertThat(handled.subList(0, 2)).containsExactly("INSERT a", "UPDATE b");
        int truncate = handled.indexOf("TRUNCATE null");
        assertThat(handled.indexOf("INSERT c")).isLessThan(truncate);
        assertThat(handled.indexOf("INSERT d")).isLessThan(truncate);
        assertThat(handled.indexOf("DELETE e")).isGreaterThan(truncate);
        assertThat(handled.indexOf("UPDATE f")).isGreaterThan(truncate);
    }

    @Test
    void one_whose_policy_stops_it_in_one_lane_stops_in_all_and_gets_again_what_was_not_finished() {
        AtomicBoolean broken = new AtomicBoolean(true);
        CountDownLatch entered = new CountDownLatch(1);
        start(SOON.attempts(2), 8, event -> {
            if (event.id().equals("bad") && broken.get()) {
                entered.await();
                throw new IOException("planned");
            }
            log(event);
            entered.countDown();
        });
        bed.transaction(insert("bad"), insert("good"), update("good"), update("bad"));

        bed.until(() -> bed.progress("lanes").state() == State.STOPPED);
        assertThat(handled).doesNotContain("UPDATE bad");
        assertThat(bed.mark.advance()).isLessThan(bed.last());
        broken.set(false);
        bed.bus.resume("lanes");
        bed.untilFinished();
        assertThat(handled).containsExactlyInAnyOrder("INSERT bad", "UPDATE bad", "INSERT good", "UPDATE good");
        assertThat(handled.indexOf("INSERT bad")).isLessThan(handled.indexOf("UPDATE bad"));
    }

    @Test
    void an_error_in_a_lane_is_told_and_ends_the_subscription() {
        start(SOON, 2, event -> {
            throw new StackOverflowError("planned");
        });
        bed.transaction(insert("a"), insert("b"), insert("c"));

        bed.until(() -> bed.error.get() != null);
        assertThat(bed.error.get()).isInstanceOf(StackOverflowError.class);
        bed.end();
        assertThat(bed.mark.advance()).isLessThan(bed.last());
    }

    @Test
    void handlers_that_do_not_return_in_time_are_interrupted() {
        CountDownLatch entered = new CountDownLatch(2);
        start(SOON, 2, event -> {
            entered.countDown();
            release.await();
        });
        for (int i = 0; i < 10; i++) {
            bed.transaction(insert("n" + i));
        }
        bed.until(() -> entered.getCount() == 0);

        bed.bus.stopBeginning();
        bed.bus.close();
        assertThat(bed.bus.awaitEnd(1)).isFalse();
        assertThat(bed.bus.interrupt()).containsExactly("lanes");
        bed.end();
        assertThat(bed.mark.advance()).isLessThan(bed.last());
    }

    @Test
    void an_interrupt_of_a_lane_that_waits_before_another_attempt_is_of_no_account() {
        AtomicReference<Thread> lane = new AtomicReference<>();
        start(Retry.exponential(Duration.ofMillis(300), Duration.ofMillis(300)), 2, event -> {
            if (lane.getAndSet(Thread.currentThread()) == null) {
                throw new IOException("planned");
            }
            log(event);
        });
        bed.transaction(insert("a"));
        bed.until(() -> lane.get() != null && lane.get().getState() == Thread.State.TIMED_WAITING);

        lane.get().interrupt();

        bed.untilFinished();
        assertThat(handled).containsExactly("INSERT a");
    }
}
