package dev.realtime.internal.bus;

import static dev.realtime.internal.bus.BusBed.insert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Acknowledgement;
import dev.realtime.event.AcknowledgingHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.internal.bus.BusBed.Committed;
import dev.realtime.internal.bus.SubscriptionProgress.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several events in flight, finished in any order by any thread. */
class PipelinedTest {

    private static final Retry SOON = Retry.exponential(Duration.ofNanos(1), Duration.ofNanos(1));

    private record Given(RealtimeEvent<?> event, Acknowledgement acknowledgement) {

        Object id() {
            return event.id();
        }
    }

    @RegisterExtension
    private final BusBed bed = new BusBed();

    private final Queue<Given> given = new ConcurrentLinkedQueue<>();

    private void start(Retry retry, int inFlight) {
        start(retry, inFlight, (event, acknowledgement) -> given.add(new Given(event, acknowledgement)));
    }

    private void start(Retry retry, int inFlight, AcknowledgingHandler<RealtimeEvent<?>> handler) {
        Manner manner = new Manner.InFlight(handler, inFlight);
        bed.subscribe(new SubscriptionSpec("async", Set.of(0), EventFilter.ALL, retry, manner));
        bed.start(1_000);
    }

    private Given next() {
        bed.until(() -> !given.isEmpty());
        return given.remove();
    }

    private boolean rests(int held) {
        return bed.progress("async").queued() == 0 && given.size() == held;
    }

    @Test
    void the_mark_ends_before_the_first_transaction_that_is_not_finished() {
        start(SOON, 10);
        Committed first = bed.transaction(insert("a"), insert("b"));
        Committed second = bed.transaction(insert("c"));

        Given a = next();
        Given b = next();
        Given c = next();
        c.acknowledgement().ack();
        b.acknowledgement().ack();
        bed.until(() -> bed.progress("async").handled() == 2);
        assertThat(bed.mark.advance()).isZero();
        assertThat(bed.keepalive()).isGreaterThan(second.end());
        assertThat(bed.mark.advance()).isLessThan(first.end());

        a.acknowledgement().ack();
        bed.untilFinished();
    }

    @Test
    void no_more_events_are_given_than_may_be_in_flight() {
        start(SOON, 2);
        bed.transaction(insert("a"), insert("b"), insert("c"));

        Given a = next();
        next();
        bed.turn();
        assertThat(given).isEmpty();

        a.acknowledgement().ack();
        assertThat(next().id()).isEqualTo("c");
    }

    @Test
    void the_first_word_counts_and_every_further_one_is_of_no_account() {
        start(SOON, 10);
        bed.transaction(insert("a"));

        Given a = next();
        a.acknowledgement().ack();
        a.acknowledgement().nack();
        a.acknowledgement().ack();
        bed.untilFinished();
        bed.transaction(insert("b"));

        Given b = next();
        b.acknowledgement().nack();
        b.acknowledgement().ack();
        Given again = next();
        assertThat(again.id()).isEqualTo("b");
        assertThat(b.event().possibleRedelivery()).isFalse();
        assertThat(again.event().possibleRedelivery()).isTrue();
        assertThat(bed.progress("async").failures()).isEqualTo(1);
        b.acknowledgement().ack();
        assertThat(bed.progress("async").handled()).isEqualTo(1);
        again.acknowledgement().ack();
        bed.untilFinished();
        assertThat(bed.progress("async").failures()).isZero();
    }

    @Test
    void a_nack_with_a_pause_lets_others_go_first() {
        start(Retry.exponential(Duration.ofDays(1), Duration.ofDays(1)), 10);
        bed.transaction(insert("a"), insert("b"));

        next().acknowledgement().nack(Duration.ofMillis(1));
        Given b = next();
        Given a = next();
        assertThat(List.of(b.id(), a.id())).containsExactly("b", "a");
        a.acknowledgement().ack();
        b.acknowledgement().ack();
        bed.untilFinished();
    }

    @Test
    void a_handler_that_throws_gets_the_event_again_unless_it_was_acknowledged_before() {
        start(SOON, 10, (event, acknowledgement) -> {
            boolean first = given.isEmpty();
            given.add(new Given(event, acknowledgement));
            if (event.id().equals("b") || !first) {
                acknowledgement.ack();
            }
            throw new IOException("planned");
        });
        bed.transaction(insert("a"), insert("b"));

        bed.untilFinished();
        assertThat(given).extracting(Given::id).containsExactlyInAnyOrder("a", "a", "b");
    }

    @Test
    void one_whose_policy_stops_it_gets_again_what_was_not_finished_and_nothing_else() {
        start(Retry.never(), 10);
        bed.transaction(insert("a"), insert("b"), insert("c"));
        bed.transaction(insert("d"));

        next().acknowledgement().ack();
        Given b = next();
        Given c = next();
        Given d = next();
        d.acknowledgement().ack();
        b.acknowledgement().nack();
        bed.until(() -> bed.progress("async").state() == State.STOPPED);
        c.acknowledgement().ack();
        bed.until(() -> bed.progress("async").handled() == 3);
        assertThat(bed.mark.advance()).isLessThan(bed.history.get(0).end());

        bed.bus.resume("async");
        Given again = next();
        assertThat(again.id()).isEqualTo("b");
        assertThat(again.event().possibleRedelivery()).isTrue();
        again.acknowledgement().ack();
        bed.untilFinished();
        assertThat(given).isEmpty();
    }

    @Test
    void one_that_may_skip_goes_on_without_what_failed() {
        start(Retry.never().thenSkip(), 10);
        bed.transaction(insert("a"), insert("b"));

        next().acknowledgement().nack();
        next().acknowledgement().ack();
        bed.untilFinished();
        assertThat(bed.progress("async").skipped()).isEqualTo(1);
    }

    @Test
    void one_that_may_put_aside_does_so_and_offers_it_again_to_whoever_asks() throws Exception {
        start(Retry.never().thenPark(), 10);
        bed.transaction(insert("a"), insert("b"));

        next().acknowledgement().nack();
        next().acknowledgement().ack();
        bed.untilFinished();
        assertThat(bed.progress("async").parked()).isEqualTo(1);

        CompletableFuture<Boolean> replayed = CompletableFuture.supplyAsync(() -> {
            try {
                return bed.bus.replay("async", List.copyOf(bed.parked));
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        Given a = next();
        assertThat(a.id()).isEqualTo("a");
        assertThat(a.event().possibleRedelivery()).isTrue();
        assertThat(replayed).isNotDone();
        a.acknowledgement().ack();
        assertThat(replayed.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void pausing_waits_for_what_is_in_flight_and_resuming_lets_go_of_it() {
        start(SOON, 10);
        bed.transaction(insert("a"), insert("b"));
        Given lost = next();
        next().acknowledgement().ack();
        bed.until(() -> bed.progress("async").handled() == 1);

        bed.bus.pause("async");
        bed.transaction(insert("c"));
        bed.turn();
        assertThat(given).isEmpty();
        bed.bus.resume("async");

        Given again = next();
        assertThat(again.id()).isEqualTo("a");
        lost.acknowledgement().ack();
        Given c = next();
        assertThat(c.id()).isEqualTo("c");
        c.acknowledgement().ack();
        bed.until(() -> bed.progress("async").handled() == 2);
        assertThat(bed.mark.advance())
                .as("an acknowledgement that comes too late says nothing of the new attempt")
                .isLessThan(bed.history.get(0).end());
        again.acknowledgement().ack();
        bed.untilFinished();
        assertThat(rests(0)).isTrue();
    }

    @Test
    void an_error_as_the_reason_is_told_and_nothing_of_it_is_finished() {
        start(SOON, 10);
        bed.transaction(insert("a"));

        next().acknowledgement().nack(new StackOverflowError("planned"));
        bed.until(() -> bed.error.get() != null);
        assertThat(bed.error.get()).isInstanceOf(StackOverflowError.class);
        assertThat(bed.mark.advance()).isZero();
    }

    @Test
    void an_orderly_end_waits_for_what_is_in_flight() {
        start(SOON, 10);
        bed.transaction(insert("a"), insert("b"));
        Given a = next();
        Given b = next();
        bed.bus.stopBeginning();
        bed.bus.close();
        assertThat(bed.bus.awaitEnd(1)).isFalse();

        b.acknowledgement().ack();
        a.acknowledgement().nack();
        next().acknowledgement().ack();
        bed.end();
        assertThat(bed.mark.advance()).isEqualTo(bed.history.get(0).end());
    }

    @Test
    void finished_events_behind_one_that_is_not_are_bounded() {
        start(SOON, 2, (event, acknowledgement) -> {
            given.add(new Given(event, acknowledgement));
            if (!event.id().equals("stuck")) {
                acknowledgement.ack();
            }
        });
        bed.transaction(insert("stuck"));
        Given stuck = next();
        for (int i = 0; i < 8_000; i++) {
            bed.transaction(insert("n" + i));
            bed.turn();
        }
        bed.until(() -> bed.progress("async").handled() > 1_000);
        assertThat(bed.progress("async").handled()).isLessThan(4_200);

        stuck.acknowledgement().ack();
        bed.untilFinished();
        assertThat(given).hasSize(8_000);
    }

    @Test
    void nothing_else_is_offered_while_one_that_was_put_aside_is_offered_again() throws Exception {
        AtomicReference<Thread> own = new AtomicReference<>();
        start(Retry.never().thenPark(), 10, (event, acknowledgement) -> {
            own.compareAndSet(null, Thread.currentThread());
            given.add(new Given(event, acknowledgement));
        });
        bed.transaction(insert("aside"));
        next().acknowledgement().nack();
        bed.until(() -> !bed.parked.isEmpty());
        CompletableFuture<Boolean> replayed = new CompletableFuture<>();
        Thread replaying = new Thread(() -> {
            try {
                replayed.complete(bed.bus.replay("async", List.of(bed.parked.element())));
            } catch (Throwable e) {
                replayed.completeExceptionally(e);
            }
        });
        replaying.start();
        Given again = next();

        bed.transaction(insert("next"));
        bed.until(() -> bed.progress("async").queued() == 0 && own.get().getState() == Thread.State.WAITING);
        assertThat(given).isEmpty();
        again.acknowledgement().ack();

        assertThat(replayed.get(30, TimeUnit.SECONDS)).isTrue();
        Given following = next();
        assertThat(following.id()).isEqualTo("next");
        following.acknowledgement().ack();
        bed.untilFinished();
    }

    @Test
    void an_interrupt_of_a_thread_that_waits_for_word_is_of_no_account() {
        AtomicReference<Thread> own = new AtomicReference<>();
        start(SOON, 1, (event, acknowledgement) -> {
            own.set(Thread.currentThread());
            given.add(new Given(event, acknowledgement));
        });
        bed.transaction(insert("a"), insert("b"));
        Given a = next();
        bed.until(() -> bed.progress("async").queued() == 0 && own.get().getState() == Thread.State.WAITING);

        own.get().interrupt();
        a.acknowledgement().ack();

        Given b = next();
        assertThat(b.id()).isEqualTo("b");
        b.acknowledgement().ack();
        bed.untilFinished();
    }
}
