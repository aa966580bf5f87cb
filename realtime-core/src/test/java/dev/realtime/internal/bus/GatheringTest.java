package dev.realtime.internal.bus;

import static dev.realtime.internal.bus.BusBed.insert;
import static dev.realtime.internal.bus.BusBed.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Action;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.event.TransactionChunk;
import dev.realtime.event.TransactionHandler;
import dev.realtime.internal.bus.SubscriptionProgress.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several events in one call: in batches, and by transactions. */
class GatheringTest {

    private static final Retry SOON = Retry.exponential(Duration.ofNanos(1), Duration.ofNanos(1));
    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    private final BusBed bed = new BusBed();

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean broken = new AtomicBoolean();

    private void batches(Retry retry, int size, Duration within, EventFilter filter) {
        Manner.Batches.Handler handler = events -> {
            calls.add(ids(events));
            fail(events);
        };
        bed.subscribe(
                new SubscriptionSpec("batches", Set.of(0), filter, retry, new Manner.Batches(handler, size, within)));
        bed.start(1_000);
    }

    private void transactions(Retry retry, int chunk, TransactionHandler handler) {
        Manner manner = new Manner.Transactions(handler, chunk);
        bed.subscribe(new SubscriptionSpec("transactions", Set.of(0, 1), EventFilter.ALL, retry, manner));
        bed.start(1_000);
    }

    private void fail(List<RealtimeEvent<?>> events) throws IOException {
        if (broken.get() && events.stream().anyMatch(event -> event.id().equals("bad"))) {
            throw new IOException("planned");
        }
    }

    private static String ids(List<RealtimeEvent<?>> events) {
        return events.stream()
                .map(event -> event.id() + (event.possibleRedelivery() ? "'" : ""))
                .collect(Collectors.joining(" "));
    }

    private void chunk(TransactionChunk chunk) throws IOException {
        calls.add((chunk.first() ? "[" : "(") + ids(chunk.events()) + (chunk.last() ? "]" : ")"));
        fail(chunk.events());
    }

    @Test
    void a_batch_may_hold_several_transactions_and_a_transaction_take_several_batches() {
        batches(SOON, 3, LONG, EventFilter.ALL);
        bed.transaction(insert("a"));
        bed.transaction(insert("b"), insert("c"), insert("d"));
        bed.transaction(insert("e"));

        bed.until(() -> calls.size() == 1);
        bed.until(() -> bed.mark.advance() >= bed.history.get(0).end());
        assertThat(bed.mark.advance()).isLessThan(bed.history.get(1).end());
        bed.transaction(insert("f"));
        bed.untilFinished();
        assertThat(calls).containsExactly("a b c", "d e f");
        assertThat(bed.progress("batches").handled()).isEqualTo(6);
    }

    @Test
    void a_batch_waits_no_longer_than_it_may() {
        batches(SOON, 100, Duration.ofMillis(1), EventFilter.ALL);
        bed.transaction(insert("a"));

        bed.untilFinished();
        assertThat(calls).containsExactly("a");
    }

    @Test
    void a_batch_is_offered_again_whole() {
        broken.set(true);
        batches(SOON.attempts(2).thenSkip(), 3, LONG, EventFilter.ALL);
        bed.transaction(insert("a"), insert("bad"), insert("c"));
        bed.transaction(insert("d"), insert("e"), insert("f"));

        bed.untilFinished();
        assertThat(calls).containsExactly("a bad c", "a' bad' c'", "d e f");
        assertThat(bed.progress("batches").skipped()).isEqualTo(3);
        assertThat(bed.progress("batches").handled()).isEqualTo(3);
    }

    @Test
    void what_the_filter_does_not_want_is_in_no_batch() {
        EventFilter filter = new EventFilter(
                EventFilter.ALL.actions(), Set.of(), event -> !event.id().equals("b"));
        batches(SOON, 2, Duration.ofMillis(1), filter);
        bed.transaction(insert("a"), insert("b"), insert("b"), insert("b"));

        bed.untilFinished();
        assertThat(calls).containsExactly("a");
    }

    @Test
    void a_batch_that_has_gathered_is_handled_at_the_end_and_let_go_of_in_a_pause() {
        batches(SOON, 100, LONG, EventFilter.ALL);
        bed.transaction(insert("a"));
        bed.turn();
        bed.until(() -> bed.progress("batches").queued() == 0);
        bed.bus.pause("batches");
        bed.turn();
        assertThat(calls).isEmpty();
        bed.bus.resume("batches");
        bed.until(() -> bed.progress("batches").state() == State.STREAMING);
        bed.transaction(insert("b"));
        bed.turn();

        bed.end();
        assertThat(String.join(" ", calls)).isEqualTo("a' b");
        assertThat(bed.mark.advance()).isEqualTo(bed.last());
    }

    @Test
    void a_transaction_comes_whole_with_the_rows_of_all_entities_in_order() {
        transactions(SOON, 10, this::chunk);
        bed.transaction(insert("a"), tag("b"), insert("c"));
        bed.transaction(tag("d"));

        bed.untilFinished();
        assertThat(calls).containsExactly("[a b c]", "[d]");
    }

    @Test
    void a_large_transaction_comes_in_chunks_of_which_only_the_last_says_so() {
        List<TransactionChunk> chunks = Collections.synchronizedList(new ArrayList<>());
        transactions(SOON, 2, chunk -> {
            chunks.add(chunk);
            chunk(chunk);
        });
        bed.transaction(insert("a"), insert("b"), tag("c"), insert("d"));
        bed.transaction(insert("e"), insert("f"), insert("g"));

        bed.untilFinished();
        assertThat(calls).containsExactly("[a b)", "(c d]", "[e f)", "(g]");
        assertThat(chunks.get(1).firstOrdinal()).isEqualTo(2);
        assertThat(chunks.get(1).lastOrdinal()).isEqualTo(3);
        assertThat(chunks.get(1).events(BusBed.Tag.class))
                .extracting(RealtimeEvent::id)
                .containsExactly("c");
    }

    @Test
    void of_a_transaction_that_is_cut_no_chunk_says_that_it_is_the_last() {
        transactions(SOON, 2, this::chunk);
        bed.cut(insert("a"), insert("b"), insert("c"));
        bed.transaction(insert("d"), insert("e"), insert("f"));
        bed.cut(insert("g"));
        bed.cut(insert("h"), tag("i"));
        bed.transaction(insert("j"));

        bed.untilFinished();
        assertThat(calls).containsExactly("[a b)", "[d e)", "(f]", "[j]");
        assertThat(bed.progress("transactions").handled()).isEqualTo(6);
    }

    @Test
    void a_transaction_that_is_cut_is_finished_by_who_got_a_part_of_it() {
        transactions(SOON, 10, this::chunk);
        bed.cut(insert("a"));

        bed.untilFinished();
        assertThat(calls).isEmpty();
        assertThat(bed.mark.isIdle()).isTrue();
    }

    @Test
    void what_came_of_a_transaction_that_is_cut_is_handled_in_batches() {
        batches(SOON, 3, LONG, EventFilter.ALL);
        bed.cut(insert("a"), insert("b"));
        bed.transaction(insert("c"));

        bed.untilFinished();
        assertThat(calls).containsExactly("a b c");
    }

    @Test
    void the_chunk_that_failed_is_offered_again_and_not_those_before_it() {
        broken.set(true);
        transactions(SOON.attempts(3), 2, this::chunk);
        bed.transaction(insert("a"), insert("b"), insert("bad"), insert("d"), insert("e"));

        bed.until(() -> bed.progress("transactions").state() == State.STOPPED);
        assertThat(bed.mark.advance()).isLessThan(bed.last());
        broken.set(false);
        bed.bus.resume("transactions");
        bed.untilFinished();
        assertThat(calls).containsExactly("[a b)", "(bad d)", "(bad' d')", "(bad' d')", "(bad' d')", "(e']");
    }

    @Test
    void an_orderly_end_waits_for_the_rest_of_a_transaction_that_was_begun() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        transactions(SOON, 1, chunk -> {
            chunk(chunk);
            entered.countDown();
            release.await();
        });
        bed.transaction(insert("a"), insert("b"), insert("c"));
        bed.transaction(insert("d"));
        bed.until(() -> entered.getCount() == 0);

        bed.bus.stopBeginning();
        release.countDown();
        bed.end();
        assertThat(calls).containsExactly("[a)", "(b)", "(c]");
        assertThat(bed.mark.advance()).isEqualTo(bed.history.get(0).end());
    }

    @Test
    void of_a_batch_that_is_put_aside_only_what_the_filter_wants_is() {
        broken.set(true);
        EventFilter filter = new EventFilter(
                Set.of(Action.values()), Set.of(), event -> !event.id().equals("unwanted"));
        batches(Retry.never().thenPark(), 3, LONG, filter);
        bed.transaction(insert("good"), insert("unwanted"), insert("bad"));

        bed.untilFinished();

        assertThat(bed.parked).extracting(change -> change.event(true).id()).containsExactly("good", "bad");
        assertThat(bed.progress("batches").parked()).isEqualTo(2);
    }
}
