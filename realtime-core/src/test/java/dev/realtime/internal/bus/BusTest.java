package dev.realtime.internal.bus;

import static dev.realtime.internal.pgoutput.MessageBytes.insert;
import static dev.realtime.internal.pgoutput.MessageBytes.relation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.Bindings;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.RegisteredEntity;
import dev.realtime.internal.live.LiveStreams;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.mapping.TableName;
import dev.realtime.support.PlainMapping;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bus without a server: rows are put in by hand, as the reader would. */
class BusTest {

    private static final class Note {
        String text;
    }

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Relation RELATION = relation(7, "note", 'd', "text");

    private final PlainMapping<Note> mapping = PlainMapping.of(Note.class, Note::new, "public", "note")
            .id("text", "text", String.class, (note, value) -> note.text = value);
    private final Bindings bindings = new Bindings(
            List.of(new RegisteredEntity<>(0, mapping, new TableName("public", "note"), 7)),
            TypeRegistry.standard(),
            TypeCatalog.builtIn());
    private final ConfirmedMark mark = new ConfirmedMark();
    private final AtomicReference<Throwable> error = new AtomicReference<>();
    private final List<SubscriptionSpec> specs = new ArrayList<>();
    private final BlockingQueue<CatchUpLeg> catchingUp = new LinkedBlockingQueue<>();
    private Bus bus;
    private long lsn = 100;

    private void subscribe(String name, EventHandler<RealtimeEvent<?>> handler) {
        specs.add(new SubscriptionSpec(name, Set.of(0), EventFilter.ALL, Retry.FOREVER, new Manner.Each(handler)));
    }

    private void start(int capacity) {
        bindings.bind(RELATION);
        LiveStreams live = new LiveStreams("test", Map.of(Note.class, "Note"));
        bus = new Bus("test", live, specs, new QueueLimits(capacity, 1 << 20), mark, new BusListener() {
            @Override
            public void wantsToCatchUp(CatchUpLeg leg) {
                catchingUp.add(leg);
            }

            @Override
            public void failed(Throwable thrown) {
                error.set(thrown);
            }

            @Override
            public void park(String subscription, BoundChange<?> change, int attempts, Throwable failure) {
                throw new IllegalStateException("There is no place to put anything aside");
            }
        });
        bus.start();
    }

    /** A whole transaction with a row for each text. */
    private Ticket transaction(String... texts) {
        lsn += 10;
        Ticket ticket = mark.transactions().begin(lsn);
        Transaction transaction = new Transaction(lsn, 0, 1, false);
        for (int i = 0; i < texts.length; i++) {
            RowChange change = new RowChange(transaction, i, RELATION, insert(7, texts[i]));
            bus.row(ticket, bindings.of(change), change);
        }
        lsn += 5;
        mark.transactions().commit(lsn);
        bus.commit(ticket);
        return ticket;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isTrue();
    }

    private void awaitEnd() {
        bus.close();
        assertThat(bus.awaitEnd(PATIENCE_NANOS)).isTrue();
    }

    @AfterEach
    void everything_ends() {
        bus.interrupt();
        awaitEnd();
    }

    private static String text(RealtimeEvent<?> event) {
        return String.valueOf(event.id());
    }

    @Test
    void every_subscription_gets_every_change_in_order_and_an_event_of_its_own() throws Exception {
        LinkedBlockingQueue<RealtimeEvent<?>> first = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<RealtimeEvent<?>> second = new LinkedBlockingQueue<>();
        subscribe("first", first::add);
        subscribe("second", second::add);
        start(100);

        transaction("a", "b");
        assertThat(bus.flush()).isTrue();
        awaitEnd();

        assertThat(first).extracting(BusTest::text).containsExactly("a", "b");
        assertThat(second).extracting(BusTest::text).containsExactly("a", "b");
        assertThat(first.peek()).isNotSameAs(second.peek());
        assertThat(first.peek().eventId()).isEqualTo(second.peek().eventId());
    }

    @Test
    void a_transaction_is_finished_when_its_last_handler_returns_and_not_before() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        subscribe("quick", event -> {});
        subscribe("slow", event -> {
            entered.countDown();
            release.await();
        });
        start(100);

        transaction("a");
        bus.flush();
        await(entered);
        assertThat(mark.advance()).isZero();

        release.countDown();
        awaitEnd();
        assertThat(mark.advance()).isEqualTo(lsn);
    }

    @Test
    void a_handler_that_throws_gets_the_event_again_and_nothing_behind_it_first() throws Exception {
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> done = new CompletableFuture<>();
        subscribe("failing", event -> {
            calls.add(text(event) + (event.possibleRedelivery() ? " again" : ""));
            if (calls.size() < 3) {
                throw new IOException("planned");
            }
            if (text(event).equals("b")) {
                done.complete(null);
            }
        });
        start(100);

        transaction("a", "b");
        bus.flush();
        done.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        awaitEnd();

        assertThat(calls).containsExactly("a", "a again", "a again", "b");
        assertThat(bus.progress().get(0).failures()).isZero();
        assertThat(bus.progress().get(0).lastError()).hasMessage("planned");
    }

    @Test
    void an_error_is_told_and_its_transaction_is_not_finished() {
        subscribe("broken", event -> {
            throw new StackOverflowError("planned");
        });
        start(100);

        transaction("a");
        bus.flush();
        awaitEnd();

        assertThat(error.get()).isInstanceOf(StackOverflowError.class);
        assertThat(mark.advance()).isZero();
    }

    @Test
    void a_full_queue_takes_nothing_until_there_is_space_and_loses_nothing() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        subscribe("slow", event -> {
            seen.add(text(event));
            entered.countDown();
            release.await();
        });
        start(2);

        transaction("a");
        bus.flush();
        await(entered);
        int offered = 0;
        do {
            transaction("next " + offered++);
        } while (bus.flush() && offered < 100);
        assertThat(offered).isBetween(1, 5);
        assertThat(bus.flush()).isFalse();

        release.countDown();
        while (!bus.flush()) {
            bus.awaitSpace(PATIENCE_NANOS);
        }
        awaitEnd();
        assertThat(seen).hasSize(1 + offered);
        assertThat(mark.advance()).isEqualTo(lsn);
    }

    @Test
    void a_stop_lets_all_finish_what_any_has_begun_and_nothing_else_be_begun() throws Exception {
        CountDownLatch aheadAtSecond = new CountDownLatch(1);
        CountDownLatch behindAtFirst = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> ahead = Collections.synchronizedList(new ArrayList<>());
        List<String> behind = Collections.synchronizedList(new ArrayList<>());
        subscribe("ahead", event -> {
            ahead.add(text(event));
            if (text(event).equals("b")) {
                aheadAtSecond.countDown();
                release.await();
            }
        });
        subscribe("behind", event -> {
            behind.add(text(event));
            behindAtFirst.countDown();
            release.await();
        });
        start(100);

        transaction("a");
        Ticket second = transaction("b");
        transaction("c");
        bus.flush();
        await(aheadAtSecond);
        await(behindAtFirst);
        assertThat(bus.stopBeginning()).isEqualTo(second.commitLsn());
        release.countDown();
        awaitEnd();

        assertThat(ahead).containsExactly("a", "b");
        assertThat(behind).containsExactly("a", "b");
        assertThat(mark.advance()).isEqualTo(second.commitLsn() + 5);
    }

    /** Rows of the last transaction that a leg has to bring. */
    private Ticket again(CatchUpLeg leg, String... texts) {
        long commit = leg.lastCommit().orElseThrow();
        Ticket ticket = leg.transactions().begin(commit);
        Transaction transaction = new Transaction(commit, 0, 1, true);
        for (int i = 0; i < texts.length; i++) {
            RowChange change = new RowChange(transaction, i, RELATION, insert(7, texts[i]));
            leg.row(ticket, bindings.of(change), change);
        }
        return ticket;
    }

    /** A subscription catches up, and the shared stream has taken over behind what it has to bring. */
    private CatchUpLeg fallenBehind(String name, String... texts) throws Exception {
        bus.pause(name);
        bus.releaseAbandoned();
        transaction(texts);
        assertThat(bus.flush()).isTrue();
        bus.resume(name);
        CatchUpLeg leg = catchingUp.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        assertThat(leg).isNotNull();
        bus.requestJoin(leg);
        bus.admit(mark.transactions().lastCommit());
        assertThat(leg.lastCommit()).hasValue(mark.transactions().lastCommit());
        return leg;
    }

    @Test
    void what_a_catch_up_did_not_bring_before_the_end_is_not_finished() throws Exception {
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        subscribe("behind", event -> seen.add(text(event)));
        start(100);
        CatchUpLeg leg = fallenBehind("behind", "a", "b");

        again(leg, "a");
        assertThat(leg.flush()).isTrue();
        assertThat(seen.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isEqualTo("a");
        awaitEnd();

        assertThat(leg.isClosed()).isTrue();
        assertThat(seen).isEmpty();
        assertThat(mark.advance()).as("b was not handled").isZero();
    }

    @Test
    void what_a_catch_up_brings_whole_is_finished_and_what_lies_behind_it_follows() throws Exception {
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        subscribe("behind", event -> seen.add(text(event)));
        start(100);
        CatchUpLeg leg = fallenBehind("behind", "a", "b");
        transaction("c");
        assertThat(bus.flush()).isTrue();

        Ticket ticket = again(leg, "a", "b");
        leg.transactions().commit(ticket.commitLsn() + 5);
        leg.commit(ticket);
        assertThat(leg.flush()).isTrue();
        leg.complete();
        assertThat(seen.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isEqualTo("a");
        assertThat(seen.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isEqualTo("b");
        assertThat(seen.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isEqualTo("c");
        awaitEnd();

        assertThat(mark.advance()).isEqualTo(lsn);
    }

    @Test
    void a_catch_up_is_not_complete_while_something_of_it_waits_for_space() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        subscribe("behind", event -> release.await());
        start(1);
        CatchUpLeg leg = fallenBehind("behind", "a", "b");

        again(leg, "a", "b");

        assertThatThrownBy(leg::complete).isInstanceOf(IllegalStateException.class);
        release.countDown();
        awaitEnd();
        assertThat(mark.advance()).isZero();
    }

    @Test
    void what_keeps_a_subscription_from_catching_up_shows_and_it_may_still_be_overcome() throws Exception {
        subscribe("behind", event -> {});
        start(100);
        CatchUpLeg leg = fallenBehind("behind", "a");

        leg.failed(new IOException("planned"));

        assertThat(bus.progress().get(0).lastError()).hasMessage("planned");
        assertThat(bus.progress().get(0).failures()).isZero();
        assertThat(bus.progress().get(0).state()).isEqualTo(SubscriptionProgress.State.CATCHING_UP);
        assertThat(error.get()).isNull();
    }

    @Test
    void an_error_on_the_way_back_to_the_stream_is_told() throws Exception {
        subscribe("behind", event -> {});
        start(100);
        CatchUpLeg leg = fallenBehind("behind", "a");

        leg.failed(new StackOverflowError("planned"));

        assertThat(error.get()).isInstanceOf(StackOverflowError.class);
        assertThat(bus.progress().get(0).lastError()).isSameAs(error.get());
        assertThat(bus.progress().get(0).state()).isEqualTo(SubscriptionProgress.State.STOPPED);
    }

    @Test
    void one_that_is_steadily_slow_leaves_the_stream_though_its_queue_is_never_full_for_long() {
        AtomicInteger quick = new AtomicInteger();
        subscribe("quick", event -> quick.incrementAndGet());
        subscribe("slow", event -> LockSupport.parkNanos(2_000_000));
        start(10);
        Duration patience = Duration.ofMillis(200);

        int given = 0;
        for (; given < 1_000 && catchingUp.isEmpty(); given++) {
            transaction("next");
            while (!bus.flush()) {
                if (!bus.leaveFullBehind(patience)) {
                    bus.awaitSpace(PATIENCE_NANOS);
                }
            }
        }

        assertThat(given).as("it was waited for until it was too long").isBetween(2, 999);
        assertThat(catchingUp.peek()).extracting(CatchUpLeg::name).isEqualTo("slow");
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (quick.get() < given) {
            assertThat(System.nanoTime()).as("the other is not held up").isLessThan(deadline);
            Thread.onSpinWait();
        }
        bus.stopBeginning();
    }

    /** Waits until a thread waits, wherever that is. */
    private static void awaitRest(Thread thread) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void an_interrupt_of_a_thread_that_waits_for_an_event_or_to_be_resumed_is_of_no_account() throws Exception {
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        AtomicReference<Thread> own = new AtomicReference<>();
        subscribe("kept", event -> {
            own.set(Thread.currentThread());
            seen.add(text(event));
        });
        start(100);
        transaction("a");
        bus.flush();
        assertThat(seen.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isEqualTo("a");

        awaitRest(own.get());
        own.get().interrupt();
        transaction("b");
        bus.flush();
        assertThat(seen.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isEqualTo("b");

        bus.pause("kept");
        awaitRest(own.get());
        own.get().interrupt();
        awaitRest(own.get());
        assertThat(bus.progress().get(0).state()).isEqualTo(SubscriptionProgress.State.PAUSED);
        bus.resume("kept");
        assertThat(catchingUp.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isNotNull();
    }

    @Test
    void an_interrupt_of_a_thread_that_waits_before_another_attempt_is_of_no_account() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        AtomicReference<Thread> own = new AtomicReference<>();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Retry soon = Retry.exponential(Duration.ofMillis(300), Duration.ofMillis(300));
        EventHandler<RealtimeEvent<?>> handler = event -> {
            own.set(Thread.currentThread());
            if (calls.incrementAndGet() == 1) {
                first.countDown();
                throw new IOException("planned");
            }
            second.countDown();
        };
        specs.add(new SubscriptionSpec("kept", Set.of(0), EventFilter.ALL, soon, new Manner.Each(handler)));
        start(100);
        transaction("a");
        bus.flush();
        await(first);

        awaitRest(own.get());
        own.get().interrupt();

        await(second);
        awaitEnd();
        assertThat(mark.advance()).isEqualTo(lsn);
    }
}
