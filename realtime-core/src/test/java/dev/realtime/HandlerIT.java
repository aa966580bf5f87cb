package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Leftovers;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a handler may do, and what follows for what it was handed and for the slot. */
class HandlerIT {

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    private Realtime stream(RealtimeBuilder builder) {
        return streams.start(builder.stopTimeout(Duration.ofSeconds(5)));
    }

    @Test
    void an_event_whose_handler_throws_is_offered_again_and_nothing_behind_it_before() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        Realtime realtime = stream(streams.items().on(Item.class, event -> {
            received.handle(event);
            if (event.id().equals(2L) && !well.get()) {
                ((Insert<Item>) event).after().name = "spoilt by the handler";
                throw new IllegalStateException("not now");
            }
        }));

        streams.execute(
                "INSERT INTO item VALUES (1, 1, 'one')",
                "INSERT INTO item VALUES (2, 2, 'two')",
                "INSERT INTO item VALUES (3, 3, 'three')");

        assertThat(received.next().id()).isEqualTo(1L);
        Insert<Item> first = received.next(Insert.class);
        Insert<Item> again = received.next(Insert.class);
        Insert<Item> onceMore = received.next(Insert.class);
        assertThat(List.of(first, again, onceMore))
                .extracting(RealtimeEvent::eventId)
                .containsOnly(first.eventId());
        assertThat(first.possibleRedelivery()).isFalse();
        assertThat(again.possibleRedelivery()).isTrue();
        assertThat(onceMore.after()).isNotSameAs(again.after());
        assertThat(again.after().name).as("as the next attempt saw it").isNotNull();
        RealtimeStatus.Subscription failing = realtime.status().subscriptions().get(0);
        assertThat(failing.failures()).isGreaterThanOrEqualTo(2);
        assertThat(failing.lastError()).hasMessage("not now");
        assertThat(failing.handled()).isEqualTo(1);
        assertNothingConfirmedFrom(first);
        assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.STREAMING);

        well.set(true);

        RealtimeEvent<Item> next = received.next();
        while (next.id().equals(2L)) {
            next = received.next();
        }
        assertThat(next.id()).isEqualTo(3L);
        assertThat(next.possibleRedelivery()).isFalse();
        Lsn last = next.transaction().commitLsn();
        Eventually.equal(true, () -> confirmed().isAfter(last));
        RealtimeStatus.Subscription recovered =
                realtime.status().subscriptions().get(0);
        assertThat(recovered.failures()).isZero();
        assertThat(recovered.lastError()).hasMessage("not now");
        assertThat(recovered.handled()).isEqualTo(3);
    }

    @Test
    void each_subscription_of_an_entity_has_instances_and_a_pace_of_its_own() throws Exception {
        Received<Item> second = new Received<>();
        CountDownLatch goOn = new CountDownLatch(1);
        Realtime realtime = stream(streams.items()
                .on(Item.class, event -> {
                    ((Insert<Item>) event).after().name = "changed by the first";
                    received.handle(event);
                    goOn.await();
                })
                .on(Item.class, second));

        streams.execute("INSERT INTO item VALUES (1, 1, 'one')", "INSERT INTO item VALUES (2, 2, 'two')");

        Insert<Item> ofFirst = received.next(Insert.class);
        Insert<Item> ofSecond = second.next(Insert.class);
        assertThat(second.next().id()).as("not held up by the first").isEqualTo(2L);
        assertThat(ofSecond.after()).isNotSameAs(ofFirst.after()).hasToString("1/1/one/null");
        assertThat(ofSecond.eventId()).isEqualTo(ofFirst.eventId());
        assertThat(realtime.status().subscriptions())
                .extracting(RealtimeStatus.Subscription::name)
                .containsExactly("Item", "Item-2");
        assertNothingConfirmedFrom(ofFirst);
        goOn.countDown();
        assertThat(received.next().id()).isEqualTo(2L);
    }

    @Test
    void a_handler_may_close_the_stream_and_what_it_handled_does_not_come_again() throws Exception {
        AtomicReference<Realtime> itself = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        itself.set(stream(streams.items().on(Item.class, event -> {
            known.await();
            itself.get().close();
            received.handle(event);
        })));
        known.countDown();

        streams.execute("INSERT INTO item VALUES (1, 1)");

        assertThat(received.next().id()).isEqualTo(1L);
        Eventually.equal(
                RealtimeStatus.State.STOPPED, () -> itself.get().status().state());
        Eventually.equal(Set.of(), () -> Leftovers.threads(streams.slot()));
        streams.execute("INSERT INTO item VALUES (2, 2)");
        stream(streams.items().on(Item.class, received));
        assertThat(received.next().id()).isEqualTo(2L);
    }

    @Test
    void a_stream_may_be_closed_again_and_by_several_at_once() throws Exception {
        Realtime realtime = stream(streams.items().on(Item.class, received));
        streams.execute("INSERT INTO item VALUES (1, 1)");
        received.next();

        CompletableFuture<Void> other = CompletableFuture.runAsync(realtime::close);
        realtime.close();
        other.get();
        realtime.close();

        assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.STOPPED);
        assertThat(realtime.status().lastError()).isNull();
        Eventually.equal(Set.of(), () -> Leftovers.threads(streams.slot()));
        Eventually.equal(
                "f",
                () -> streams.database()
                        .value("SELECT active FROM pg_replication_slots WHERE slot_name = '" + streams.slot() + "'"));
    }

    @Test
    void an_error_of_a_handler_ends_the_stream_and_nothing_of_it_is_confirmed() throws Exception {
        Realtime realtime = stream(streams.items().on(Item.class, event -> {
            received.handle(event);
            throw new StackOverflowError("planted");
        }));

        streams.execute("INSERT INTO item VALUES (1, 1)");

        RealtimeEvent<Item> fatal = received.next();
        Eventually.equal(RealtimeStatus.State.FAILED, () -> realtime.status().state());
        assertThat(realtime.status().lastError()).hasRootCauseInstanceOf(StackOverflowError.class);
        RealtimeStatus.Subscription fallen = realtime.status().subscriptions().get(0);
        assertThat(fallen.state()).isEqualTo(RealtimeStatus.SubscriptionState.STOPPED);
        assertThat(fallen.failures()).isEqualTo(1);
        assertThat(fallen.lastError()).isInstanceOf(StackOverflowError.class);
        assertNothingConfirmedFrom(fatal);
        Eventually.equal(Set.of(), () -> Leftovers.threads(streams.slot()));
        realtime.close();
        assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.FAILED);

        stream(streams.items().on(Item.class, received));
        RealtimeEvent<Item> again = received.next();
        assertThat(again.eventId()).isEqualTo(fatal.eventId());
        assertThat(again.possibleRedelivery()).isTrue();
    }

    @Test
    void a_handler_that_does_not_end_in_time_is_interrupted_and_gets_the_event_again() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Realtime realtime = streams.start(streams.items()
                .stopTimeout(Duration.ofMillis(300))
                .on(Item.class, event -> {
                    received.handle(event);
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                }));
        streams.execute("INSERT INTO item VALUES (1, 1)");
        RealtimeEvent<Item> begun = received.next();

        realtime.close();

        interrupted.await();
        assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.STOPPED);
        Eventually.equal(Set.of(), () -> Leftovers.threads(streams.slot()));
        assertNothingConfirmedFrom(begun);
        stream(streams.items().on(Item.class, received));
        assertThat(received.next().eventId()).isEqualTo(begun.eventId());
    }

    @Test
    void a_handler_that_fails_again_and_again_does_not_hold_up_a_stop_for_longer_than_its_time() throws Exception {
        Realtime realtime = streams.start(
                streams.items().stopTimeout(Duration.ofMillis(300)).on(Item.class, event -> {
                    received.handle(event);
                    throw new Exception("never");
                }));
        streams.execute("INSERT INTO item VALUES (1, 1)");
        RealtimeEvent<Item> failed = received.next();

        realtime.close();

        assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.STOPPED);
        Eventually.equal(Set.of(), () -> Leftovers.threads(streams.slot()));
        assertNothingConfirmedFrom(failed);
    }

    @Test
    void a_handler_that_takes_its_interrupt_for_a_failure_is_not_called_again_after_a_stop() throws Exception {
        Realtime realtime = streams.start(streams.items().on(Item.class, event -> {
            received.handle(event);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        streams.execute("INSERT INTO item VALUES (1, 1)");
        RealtimeEvent<Item> begun = received.next();

        realtime.stop(Duration.ofMillis(300));

        Eventually.equal(Set.of(), () -> Leftovers.threads(streams.slot()));
        assertThat(received.waiting()).as("further calls").isZero();
        assertNothingConfirmedFrom(begun);
    }

    @Test
    void a_handler_that_interrupts_itself_goes_on_all_the_same() throws Exception {
        stream(streams.items().on(Item.class, event -> {
            received.handle(event);
            Thread.currentThread().interrupt();
            if (!event.possibleRedelivery()) {
                throw new InterruptedException("given up, and said so");
            }
        }));

        streams.execute("INSERT INTO item VALUES (1, 1)", "INSERT INTO item VALUES (2, 2)");

        assertThat(received.next(4)).extracting(RealtimeEvent::id).containsExactly(1L, 1L, 2L, 2L);
    }

    @Test
    void a_queue_of_one_delivers_everything_in_order() throws Exception {
        stream(streams.items().queueCapacity(1).on(Item.class, received));

        streams.execute(
                "INSERT INTO item SELECT i, i FROM generate_series(1, 500) i", "DELETE FROM item WHERE id % 2 = 0");

        List<RealtimeEvent<Item>> events = received.next(750);
        assertThat(events).extracting(RealtimeEvent::position).isSorted().doesNotHaveDuplicates();
        assertThat(events.get(749).id()).isEqualTo(500L);
    }

    private Lsn confirmed() throws Exception {
        return Lsn.parse(streams.database()
                .value("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + streams.slot()
                        + "'"));
    }

    private void assertNothingConfirmedFrom(RealtimeEvent<Item> event) throws Exception {
        assertThat(confirmed()).isLessThanOrEqualTo(event.transaction().commitLsn());
    }
}
