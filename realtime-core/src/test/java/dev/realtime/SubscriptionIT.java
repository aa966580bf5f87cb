package dev.realtime;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.RealtimeStatus.SubscriptionState;
import dev.realtime.error.MappingException;
import dev.realtime.event.Action;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.event.Update;
import dev.realtime.mapping.EntityLayout;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.EntityMappings;
import dev.realtime.mapping.MappedTable;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.Table;
import dev.realtime.support.Item;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.PlainMapping;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subscriptions are independent of each other, each with a place of its own. */
class SubscriptionIT {

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    private void insert(long from, long to) throws Exception {
        for (long start = from; start <= to; start += 100) {
            long end = Math.min(to, start + 99);
            streams.execute("INSERT INTO item SELECT g, g FROM generate_series(" + start + ", " + end + ") g");
        }
    }

    private static Long[] ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toArray(Long[]::new);
    }

    private static RealtimeStatus.Subscription status(Realtime realtime, String name) {
        return realtime.status().subscriptions().stream()
                .filter(subscription -> subscription.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void one_that_is_stuck_leaves_the_stream_and_catches_up_in_order_when_it_can() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<Object> stuck = Collections.synchronizedList(new ArrayList<>());
        Realtime realtime = streams.start(streams.items()
                .queueCapacity(50)
                .detachAfter(ofMillis(100))
                .subscribe(Item.class, s -> s.named("quick").each(received))
                .subscribe(
                        Item.class,
                        s -> s.named("stuck").each(event -> {
                            release.await();
                            stuck.add(event.id());
                        })));

        insert(1, 3_000);
        assertThat(received.next(3_000)).extracting(RealtimeEvent::id).containsExactly((Object[]) ids(1, 3_000));
        assertThat(stuck).isEmpty();
        assertThat(status(realtime, "stuck").state()).isEqualTo(SubscriptionState.CATCHING_UP);
        assertThat(realtime.status().confirmed())
                .as("what the stuck one has not handled is not confirmed")
                .isLessThan(status(realtime, "quick").position());

        release.countDown();
        insert(3_001, 4_000);
        await().atMost(ofSeconds(30)).until(() -> stuck.size() >= 4_000);
        assertThat(stuck).containsExactly((Object[]) ids(1, 4_000));
        await().atMost(ofSeconds(30)).until(() -> status(realtime, "stuck").state() == SubscriptionState.STREAMING);

        insert(4_001, 4_100);
        await().atMost(ofSeconds(30)).until(() -> stuck.size() >= 4_100);
        assertThat(stuck).containsExactly((Object[]) ids(1, 4_100));
        assertThat(received.next(1_100)).hasSize(1_100);
    }

    @Test
    void one_that_is_paused_holds_its_place_and_goes_on_from_there() throws Exception {
        List<Object> paused = Collections.synchronizedList(new ArrayList<>());
        Realtime realtime = streams.start(streams.items()
                .subscribe(Item.class, s -> s.named("other").each(received))
                .subscribe(Item.class, s -> s.named("paused").each(event -> paused.add(event.id()))));
        insert(1, 10);
        await().atMost(ofSeconds(30)).until(() -> paused.size() == 10);

        realtime.pause("paused");
        insert(11, 500);
        assertThat(received.next(500)).hasSize(500);
        assertThat(paused).hasSizeLessThan(500);
        assertThat(status(realtime, "paused").state()).isEqualTo(SubscriptionState.PAUSED);

        realtime.resume("paused");
        await().atMost(ofSeconds(30)).until(() -> paused.size() >= 500);
        assertThat(paused).containsExactly((Object[]) ids(1, 500));
    }

    @Test
    void one_whose_policy_stops_it_holds_its_place_until_it_is_resumed() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        Realtime realtime = streams.start(streams.items()
                .subscribe(Item.class, s -> s.named("other").each(received))
                .subscribe(
                        Item.class,
                        s -> s.named("fragile")
                                .retrying(Retry.exponential(ofMillis(1), ofMillis(2))
                                        .attempts(3))
                                .each(event -> {
                                    if (broken.get() && event.id().equals(5L)) {
                                        throw new IllegalStateException("planned");
                                    }
                                    seen.add(event.id());
                                })));

        insert(1, 300);
        assertThat(received.next(300)).hasSize(300);
        await().atMost(ofSeconds(30)).until(() -> status(realtime, "fragile").state() == SubscriptionState.STOPPED);
        assertThat(seen).containsExactly((Object[]) ids(1, 4));
        assertThat(status(realtime, "fragile").lastError()).hasMessage("planned");
        assertThat(status(realtime, "fragile").failures()).isEqualTo(3);

        broken.set(false);
        realtime.resume("fragile");
        await().atMost(ofSeconds(30)).until(() -> seen.size() >= 300);
        assertThat(seen).containsExactly((Object[]) ids(1, 300));
        assertThat(status(realtime, "fragile").failures()).isZero();
    }

    @Test
    void one_that_may_skip_goes_on_and_counts_what_it_passed_over() throws Exception {
        Realtime realtime = streams.start(streams.items()
                .subscribe(
                        Item.class,
                        s -> s.named("skipping")
                                .retrying(Retry.never().thenSkip())
                                .each(event -> {
                                    if (event.id().equals(2L)) {
                                        throw new IllegalStateException("planned");
                                    }
                                    received.handle(event);
                                })));

        insert(1, 3);

        assertThat(received.next(2)).extracting(RealtimeEvent::id).containsExactly(1L, 3L);
        assertThat(status(realtime, "skipping").skipped()).isEqualTo(1);
    }

    @Test
    void an_entity_that_does_not_fit_its_table_any_more_fails_alone() throws Exception {
        streams.execute("CREATE TABLE ledger (id bigint PRIMARY KEY, body text, crc integer)");
        Received<LedgerRow> rows = new Received<>();
        Realtime realtime = streams.start(Realtime.register(Item.class, LedgerRow.class)
                .from(PlainMapping.all(Item.mapping("public", "item"), LedgerRow.mapping()))
                .connectingTo(streams.database().url(), "postgres", () -> null)
                .slot(streams.slot())
                .stopTimeout(ofMillis(100))
                .on(Item.class, received)
                .on(LedgerRow.class, rows));
        insert(1, 1);
        assertThat(received.next().id()).isEqualTo(1L);

        streams.execute(
                "ALTER TABLE item DROP COLUMN id",
                "INSERT INTO item VALUES (2)",
                "INSERT INTO ledger VALUES (3)",
                "INSERT INTO ledger VALUES (4)");

        assertThat(rows.next(2)).extracting(RealtimeEvent::id).containsExactly(3L, 4L);
        await().atMost(ofSeconds(30)).until(() -> status(realtime, "Item").failures() > 0);
        assertThat(status(realtime, "Item").lastError())
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("Item")
                .hasMessageContaining("id");
        assertThat(received.waiting()).isZero();
        assertThat(status(realtime, "LedgerRow").failures()).isZero();
        assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.STREAMING);
    }

    @Test
    void updates_of_an_attribute_are_told_by_the_raw_row() throws Exception {
        streams.start(streams.items()
                .subscribe(Item.class, s -> s.named("names").updatesOf("name").each(received)));

        streams.execute(
                "INSERT INTO item VALUES (1, 1, 'one')",
                "UPDATE item SET code = 2",
                "UPDATE item SET name = 'uno'",
                "UPDATE item SET name = 'uno', code = 3",
                "DELETE FROM item");
        streams.execute("INSERT INTO item VALUES (2, 2, 'two')", "UPDATE item SET name = NULL");

        Update<Item> first = received.next(Update.class);
        Update<Item> second = received.next(Update.class);
        assertThat(first.after().name).isEqualTo("uno");
        assertThat(second.after().name).isNull();
        assertThat(received.waiting()).isZero();
    }

    @Test
    void kinds_of_change_have_handlers_of_their_own() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        streams.start(streams.items()
                .subscribe(
                        Item.class,
                        s -> s.named("kinds")
                                .inserted(event -> seen.add("inserted " + event.after().id))
                                .deleted(event -> seen.add("deleted " + event.id(Long.class))))
                .subscribe(Item.class, s -> s.named("end").only(Action.TRUNCATE).each(received)));

        streams.execute(
                "INSERT INTO item VALUES (1, 1)", "UPDATE item SET code = 2", "DELETE FROM item", "TRUNCATE item");
        received.next();

        await().atMost(ofSeconds(30)).until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("inserted 1", "deleted 1");
    }

    @Test
    void one_that_had_nothing_to_do_when_it_was_paused_goes_on_from_what_is_confirmed() throws Exception {
        List<Object> rare = Collections.synchronizedList(new ArrayList<>());
        Realtime realtime = streams.start(streams.items()
                .subscribe(Item.class, s -> s.named("other").each(received))
                .subscribe(Item.class, s -> s.named("rare").deleted(event -> rare.add(event.id()))));
        insert(1, 20);
        received.next(20);
        String written = streams.database().value("SELECT pg_current_wal_flush_lsn()");
        await().atMost(ofSeconds(30))
                .until(() -> "t"
                        .equals(streams.database()
                                .value("SELECT confirmed_flush_lsn >= '" + written
                                        + "' FROM pg_replication_slots WHERE slot_name = '" + streams.slot() + "'")));

        realtime.pause("rare");
        insert(21, 22);
        received.next(2);
        realtime.resume("rare");
        streams.execute("DELETE FROM item WHERE id = 5");

        await().atMost(ofSeconds(30)).until(() -> rare.size() == 1);
        await().atMost(ofSeconds(30)).until(() -> status(realtime, "rare").state() == SubscriptionState.STREAMING);
        assertThat(status(realtime, "rare").lastError()).isNull();
    }

    @Test
    void one_that_is_steadily_slow_holds_up_no_other() throws Exception {
        AtomicInteger slow = new AtomicInteger();
        streams.start(streams.items()
                .stopTimeout(ofMillis(300))
                .queueCapacity(50)
                .detachAfter(ofSeconds(1))
                .subscribe(Item.class, s -> s.named("quick").each(received))
                .subscribe(
                        Item.class,
                        s -> s.named("slow").each(event -> {
                            LockSupport.parkNanos(ofMillis(5).toNanos());
                            slow.incrementAndGet();
                        })));

        insert(1, 2_000);

        assertThat(received.next(2_000)).hasSize(2_000);
        assertThat(slow).as("while the quick one handled 2000").hasValueLessThan(1_000);
    }

    @Test
    void an_error_on_the_way_back_to_the_stream_ends_it() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        EntityMapping<Item> mapping = Item.mapping("public", "item");
        EntityLayout<Item> layout = mapping.layouts().get(0);
        EntityLayout<Item> failing = new EntityLayout<>() {
            @Override
            public List<MappedTable> tables() {
                return layout.tables();
            }

            @Override
            public RowMapper<Item> bind(Table table) {
                if (fails.compareAndSet(true, false)) {
                    throw new StackOverflowError("planned");
                }
                return layout.bind(table);
            }
        };
        Object withFailing = Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EntityMapping.class},
                (proxy, method, arguments) ->
                        method.getName().equals("layouts") ? List.of(failing) : method.invoke(mapping, arguments));
        EntityMappings mappings = new EntityMappings() {
            @Override
            @SuppressWarnings("unchecked")
            public <E> Optional<EntityMapping<E>> of(Class<E> wanted) {
                return Optional.of((EntityMapping<E>) withFailing);
            }
        };
        Realtime realtime = streams.start(streams.items()
                .from(mappings)
                .subscribe(Item.class, s -> s.named("other").each(received))
                .subscribe(Item.class, s -> s.named("behind").each(event -> {})));
        insert(1, 1);
        received.next();
        realtime.pause("behind");
        insert(2, 2);
        received.next();
        fails.set(true);

        realtime.resume("behind");

        await().atMost(ofSeconds(30)).until(() -> realtime.status().state() == RealtimeStatus.State.FAILED);
        assertThat(realtime.status().lastError()).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(status(realtime, "behind").lastError()).isInstanceOf(StackOverflowError.class);
    }
}
