package dev.realtime.internal.live;

import static dev.realtime.internal.live.Page.inWords;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.realtime.event.LiveCounts;
import dev.realtime.event.LiveHandler;
import dev.realtime.event.LiveItem;
import dev.realtime.event.LiveSubscription;
import dev.realtime.event.Overflow;
import dev.realtime.support.Eventually;
import dev.realtime.support.Probe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of Reactive Streams, and those of the form with a handler. */
class FlowRulesTest {

    private final Page.Table table = new Page.Table('d');
    private final Streams streams = new Streams();

    @AfterEach
    void everything_ends() {
        streams.close();
    }

    @Test
    void nothing_comes_that_was_not_asked_for() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.dropOldest(10));
        streams.publish(table.insert("a", "1"), table.insert("b", "2"), table.insert("c", "3"));

        assertThat(inWords(probe.take(2))).isEqualTo("insert a=1; insert b=2");
        streams.publish(table.insert("d", "4"));
        assertThat(probe.rest()).isEmpty();
        assertThat(probe.counts()).isEqualTo(new LiveCounts(4, 2, 0, 2));
        assertThat(probe.isServedByTheRules()).isTrue();
    }

    @Test
    void who_asks_for_nothing_or_less_gets_an_error() throws Exception {
        for (long n : new long[] {0, -1, Long.MIN_VALUE}) {
            Probe<Page> probe = streams.subscribe(Overflow.dropOldest(10));
            probe.subscription().request(n);
            assertThat(probe.awaitError())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("3.9");
            streams.publish(table.insert("a", "1"));
            assertThat(probe.rest()).isEmpty();
            assertThat(probe.counts()).isEqualTo(LiveCounts.NONE);
        }
    }

    @Test
    void demand_without_end_adds_up_to_demand_without_end() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.dropOldest(10));
        probe.subscription().request(Long.MAX_VALUE);
        probe.subscription().request(Long.MAX_VALUE);
        streams.publish(table.insert("a", "1"));
        assertThat(inWords(probe.take(1))).isEqualTo("insert a=1");
    }

    @Test
    void after_a_cancel_nothing_comes_and_the_counts_stay() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.dropOldest(10));
        streams.publish(table.insert("a", "1"), table.insert("b", "2"));
        probe.take(1);
        probe.subscription().cancel();
        probe.subscription().cancel();
        probe.subscription().close();
        probe.subscription().request(5);
        probe.subscription().request(-5);
        streams.publish(table.insert("c", "3"));

        assertThat(probe.rest()).isEmpty();
        assertThat(probe.isEnded()).isFalse();
        assertThat(probe.counts()).isEqualTo(new LiveCounts(2, 1, 1, 0));
    }

    @Test
    void each_subscriber_of_a_publisher_has_a_queue_and_entities_of_its_own() throws Exception {
        Flow.Publisher<LiveItem<Page>> publisher = streams.all().publisher(0, Overflow.dropOldest(10));
        Probe<Page> first = new Probe<>();
        Probe<Page> second = new Probe<>();
        publisher.subscribe(first);
        streams.publish(table.insert("a", "1"));
        publisher.subscribe(second);
        streams.publish(table.insert("b", "2"));

        List<LiveItem<Page>> firsts = first.take(2);
        List<LiveItem<Page>> seconds = second.take(1);
        assertThat(inWords(firsts)).isEqualTo("insert a=1; insert b=2");
        assertThat(inWords(seconds)).isEqualTo("insert b=2");
        assertThat(firsts.get(1)).isNotSameAs(seconds.get(0));
        assertThatNullPointerException().isThrownBy(() -> publisher.subscribe(null));
    }

    @Test
    void asking_from_within_onNext_does_not_nest() throws Exception {
        int count = 1_000; // which a queue may keep whatever the heap
        CompletableFuture<Integer> deepest = new CompletableFuture<>();
        AtomicInteger depth = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        streams.all().<Page>publisher(0, Overflow.dropNewest(count)).subscribe(new Flow.Subscriber<>() {
            private Flow.@Nullable Subscription subscription;
            private int seen;

            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription = given;
                given.request(1);
            }

            @Override
            public void onNext(LiveItem<Page> item) {
                most.accumulateAndGet(depth.incrementAndGet(), Math::max);
                if (++seen == count) {
                    deepest.complete(most.get());
                }
                subscription.request(1);
                depth.decrementAndGet();
            }

            @Override
            public void onError(Throwable error) {
                deepest.completeExceptionally(error);
            }

            @Override
            public void onComplete() {}
        });
        for (int i = 0; i < count; i++) {
            streams.leave(table.insert("a" + i, "1"));
        }

        assertThat(deepest.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void the_end_completes_who_reads_behind_what_waits_and_who_does_not_at_once() throws Exception {
        Probe<Page> reading = streams.subscribe(Overflow.dropOldest(10));
        Probe<Page> idle = streams.subscribe(Overflow.dropOldest(10));
        streams.leave(table.insert("a", "1"), table.insert("b", "2"));
        reading.subscription().request(10);
        streams.all().end(null);
        reading.awaitCompletion();
        idle.awaitCompletion();

        assertThat(inWords(reading.rest())).isEqualTo("insert a=1; insert b=2");
        assertThat(reading.counts()).isEqualTo(new LiveCounts(2, 2, 0, 0));
        assertThat(idle.counts()).isEqualTo(new LiveCounts(2, 0, 2, 0));
        assertThat(reading.isServedByTheRules() && idle.isServedByTheRules()).isTrue();
        LiveProgress progress = streams.all().progress().get(0);
        assertThat(progress.subscriptions()).isZero();
        assertThat(progress.counts()).isEqualTo(new LiveCounts(4, 2, 2, 0));
    }

    @Test
    void a_failed_stream_tells_why_to_those_who_come_later_too() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.dropOldest(10));
        IllegalStateException reason = new IllegalStateException("planned");
        streams.all().end(reason);
        streams.all().end(null);

        assertThat(probe.awaitError()).isSameAs(reason);
        assertThat(streams.subscribe(Overflow.coalesceById(10)).awaitError()).isSameAs(reason);
    }

    @Test
    void its_threads_are_gone_after_the_end() throws Exception {
        Probe<Page> probe = streams.subscribe(Overflow.dropOldest(10));
        streams.publish(table.insert("a", "1"));
        probe.take(1);
        streams.close();
        probe.awaitCompletion();

        Eventually.equal(
                List.of(),
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("realtime-test-live"))
                        .toList());
    }

    @Test
    void a_subscriber_that_throws_is_left_and_the_others_go_on() throws Exception {
        CountDownLatch thrown = new CountDownLatch(1);
        LiveSubscription broken = streams.all().handle(0, Overflow.dropOldest(10), (LiveItem<Page> item) -> {
            thrown.countDown();
            throw new StackOverflowError("planned");
        });
        Probe<Page> other = streams.subscribe(Overflow.dropOldest(10));
        streams.publish(table.insert("a", "1"));
        assertThat(thrown.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(inWords(other.take(1))).isEqualTo("insert a=1");
        streams.publish(table.insert("b", "2"));
        assertThat(inWords(other.take(1))).isEqualTo("insert b=2");
        Eventually.equal(1L, () -> broken.counts().published());
    }

    @Test
    void a_handler_that_fails_goes_on_and_is_told_the_end() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> ended = new CompletableFuture<>();
        LiveSubscription subscription = streams.all().handle(0, Overflow.dropOldest(10), new LiveHandler<Page>() {
            @Override
            public void handle(LiveItem<Page> item) throws Exception {
                seen.add(inWords(item));
                throw new Exception("planned");
            }

            @Override
            public void ended(@Nullable Throwable error) {
                ended.complete(null);
            }
        });
        streams.publish(table.insert("a", "1"));
        streams.publish(table.insert("b", "2"));
        streams.close();
        ended.get(20, TimeUnit.SECONDS);

        assertThat(seen).containsExactly("insert a=1", "insert b=2");
        assertThat(subscription.counts()).isEqualTo(new LiveCounts(2, 2, 0, 0));
    }

    @Test
    void an_entity_is_gathered_only_while_someone_watches_it() {
        assertThat(streams.all().isWatched(0)).isFalse();
        Probe<Page> probe = streams.subscribe(Overflow.dropOldest(10));
        assertThat(streams.all().isWatched(0)).isTrue();
        probe.subscription().cancel();
        assertThat(streams.all().isWatched(0)).isFalse();
    }
}
