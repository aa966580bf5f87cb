package dev.realtime;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.RealtimeStatus.SubscriptionState;
import dev.realtime.error.SetupException;
import dev.realtime.event.Acknowledgement;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.event.TransactionChunk;
import dev.realtime.event.Update;
import dev.realtime.support.Item;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.PlainMapping;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Handlers of every kind, on a real server: nothing is confirmed before it is handled, whoever says so and when. */
class HandlerKindsIT {

    private static final Executor ELSEWHERE = ForkJoinPool.commonPool();

    @RegisterExtension
    private final Streams streams = new Streams();

    private record Given(RealtimeEvent<Item> event, Acknowledgement acknowledgement) {}

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    private static RealtimeStatus.Subscription status(Realtime realtime, String name) {
        return realtime.status().subscriptions().stream()
                .filter(subscription -> subscription.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void isConfirmed(Realtime realtime, RealtimeEvent<?> event) {
        await().atMost(ofSeconds(30))
                .until(() -> realtime.status()
                        .confirmed()
                        .isAfter(event.transaction().commitLsn()));
    }

    @Test
    void an_event_is_confirmed_when_it_was_acknowledged_by_whatever_thread() throws Exception {
        ConcurrentLinkedQueue<Given> given = new ConcurrentLinkedQueue<>();
        Realtime realtime = streams.start(streams.items()
                .subscribe(
                        Item.class,
                        s -> s.named("acknowledged")
                                .inFlight(2)
                                .eachAcknowledged(
                                        (event, acknowledgement) -> given.add(new Given(event, acknowledgement)))));
        for (int id = 1; id <= 3; id++) {
            streams.execute("INSERT INTO item VALUES (" + id + ", 1)");
        }

        await().atMost(ofSeconds(30)).until(() -> given.size() == 2);
        Given first = given.remove();
        Given second = given.remove();
        ELSEWHERE.execute(second.acknowledgement()::ack);
        await().atMost(ofSeconds(30)).until(() -> given.size() == 1);
        Given third = given.remove();
        assertThat(third.event().id()).isEqualTo(3L);
        assertThat(realtime.status().confirmed())
                .isLessThanOrEqualTo(first.event().transaction().commitLsn());

        first.acknowledgement().nack(ofMillis(1));
        await().atMost(ofSeconds(30)).until(() -> given.size() == 1);
        Given again = given.remove();
        assertThat(again.event().eventId()).isEqualTo(first.event().eventId());
        assertThat(again.event().possibleRedelivery()).isTrue();
        again.acknowledgement().ack();
        third.acknowledgement().ack();
        isConfirmed(realtime, third.event());
        assertThat(status(realtime, "acknowledged").handled()).isEqualTo(3);
    }

    @Test
    void what_was_in_flight_at_the_end_comes_again_and_what_was_finished_does_not() throws Exception {
        ConcurrentLinkedQueue<RealtimeEvent<Item>> begun = new ConcurrentLinkedQueue<>();
        Realtime realtime = streams.start(streams.items()
                .stopTimeout(ofMillis(100))
                .subscribe(
                        Item.class,
                        s -> s.named("staged").eachAsync(event -> {
                            begun.add(event);
                            return event.id().equals(1L)
                                    ? CompletableFuture.completedFuture("done")
                                    : new CompletableFuture<Void>();
                        })));
        streams.execute("INSERT INTO item VALUES (1, 1)", "INSERT INTO item VALUES (2, 1)");
        await().atMost(ofSeconds(30)).until(() -> begun.size() == 2);
        isConfirmed(realtime, begun.element());
        realtime.close();

        Received<Item> received = new Received<>();
        streams.start(
                streams.items().subscribe(Item.class, s -> s.named("staged").each(received)));
        RealtimeEvent<Item> again = received.next();
        assertThat(again.id()).isEqualTo(2L);
        assertThat(again.possibleRedelivery()).isTrue();
    }

    @Test
    void stages_are_pipelined_and_one_that_fails_is_offered_again() throws Exception {
        Set<Object> done = ConcurrentHashMap.newKeySet();
        Map<Object, Integer> offered = new ConcurrentHashMap<>();
        Realtime realtime = streams.start(streams.items()
                .subscribe(
                        Item.class,
                        s -> s.named("staged")
                                .inFlight(16)
                                .retrying(Retry.exponential(ofMillis(1), ofMillis(5)))
                                .eachAsync(event -> CompletableFuture.runAsync(
                                        () -> {
                                            if (offered.merge(event.id(), 1, Integer::sum) == 1
                                                    && (Long) event.id() % 7 == 0) {
                                                throw new IllegalStateException("planned");
                                            }
                                            done.add(event.id());
                                        },
                                        ELSEWHERE))));

        for (int start = 0; start < 20; start++) {
            streams.execute("INSERT INTO item SELECT " + start * 100 + " + g, 1 FROM generate_series(1, 100) g");
        }
        await().atMost(ofSeconds(60)).until(() -> status(realtime, "staged").handled() == 2_000);
        assertThat(done).hasSize(2_000);
        assertThat(status(realtime, "staged").failures()).isZero();
        assertThat(status(realtime, "staged").lastError()).hasMessage("planned");
    }

    @Test
    void lanes_keep_the_order_of_each_id_over_changes_of_ids_and_truncates() throws Exception {
        Map<Long, Long> mirror = new ConcurrentHashMap<>();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        Realtime realtime = streams.start(streams.items()
                .subscribe(
                        Item.class,
                        s -> s.named("lanes").lanes(4).each(event -> {
                            if (event instanceof Insert<Item> insert) {
                                if (mirror.put(insert.id(Long.class), (long) insert.after().code) != null) {
                                    wrong.add("inserted twice: " + event);
                                }
                            } else if (event instanceof Update<Item> update) {
                                Object old = update.oldId().orElse(update.id());
                                Long before = mirror.remove(old);
                                if (before == null || before >= update.after().code) {
                                    wrong.add("updated out of order: " + event);
                                }
                                mirror.put(update.id(Long.class), (long) update.after().code);
                            } else if (event.id() == null) {
                                mirror.clear();
                            } else if (mirror.remove(event.id()) == null) {
                                wrong.add("deleted before it was there: " + event);
                            }
                        })));

        for (int round = 0; round < 15; round++) {
            streams.execute(
                    "INSERT INTO item SELECT g, 0 FROM generate_series(1, 40) g",
                    "UPDATE item SET code = code + 1",
                    "UPDATE item SET id = id + 1000, code = code + 1 WHERE id % 3 = 0",
                    "UPDATE item SET code = code + 1",
                    "UPDATE item SET id = id - 1000, code = code + 1 WHERE id > 1000 AND id % 2 = 0",
                    "DELETE FROM item WHERE id % 5 = 0",
                    round % 3 == 2 ? "TRUNCATE item" : "DELETE FROM item");
        }
        streams.execute("INSERT INTO item SELECT g, g FROM generate_series(1, 10) g");

        Map<Long, Long> rows = new HashMap<>();
        LongStream.rangeClosed(1, 10).forEach(id -> rows.put(id, id));
        await().atMost(ofSeconds(60)).until(() -> mirror.equals(rows));
        assertThat(wrong).isEmpty();
        assertThat(status(realtime, "lanes").failures()).isZero();
    }

    @Test
    void a_replica_identity_without_the_id_is_refused_at_start() throws Exception {
        streams.execute(
                "CREATE UNIQUE INDEX item_code ON item (code)",
                "ALTER TABLE item REPLICA IDENTITY USING INDEX item_code");

        SetupException refusal = Assertions.catchThrowableOfType(
                SetupException.class,
                () -> streams.items()
                        .subscribe(Item.class, s -> s.lanes(4).each(event -> {}))
                        .start());
        assertThat(refusal).hasMessageContainingAll("item", "INDEX", "id");
    }

    @Test
    void batches_are_handled_whole_and_offered_again_whole() throws Exception {
        List<List<Object>> batches = Collections.synchronizedList(new ArrayList<>());
        Realtime realtime = streams.start(streams.items()
                .subscribe(
                        Item.class,
                        s -> s.named("batches")
                                .retrying(Retry.exponential(ofMillis(1), ofMillis(5)))
                                .batching(50, ofMillis(50))
                                .eachBatch(events -> {
                                    List<Object> ids = events.stream()
                                            .<Object>map(RealtimeEvent::id)
                                            .toList();
                                    batches.add(ids);
                                    if (batches.size() == 1) {
                                        throw new IllegalStateException("planned");
                                    }
                                })));

        streams.execute("INSERT INTO item SELECT g, g FROM generate_series(1, 120) g");
        streams.execute("INSERT INTO item SELECT g, g FROM generate_series(121, 130) g");
        await().atMost(ofSeconds(30)).until(() -> status(realtime, "batches").handled() == 130);

        assertThat(batches.get(0)).isEqualTo(batches.get(1)).hasSize(50);
        List<Object> all = new ArrayList<>();
        batches.subList(1, batches.size()).forEach(all::addAll);
        assertThat(all).containsExactly((Object[])
                LongStream.rangeClosed(1, 130).boxed().toArray(Long[]::new));
    }

    @Test
    void a_transaction_handler_gets_the_rows_of_all_entities_in_order_and_large_ones_in_chunks() throws Exception {
        streams.execute("CREATE TABLE ledger (id bigint PRIMARY KEY, body text, crc integer)");
        List<TransactionChunk> chunks = Collections.synchronizedList(new ArrayList<>());
        Realtime realtime = streams.start(Realtime.register(Item.class, LedgerRow.class)
                .from(PlainMapping.all(Item.mapping("public", "item"), LedgerRow.mapping()))
                .connectingTo(streams.database().url(), "postgres", () -> null)
                .startTimeout(ofSeconds(30))
                .slot(streams.slot())
                .subscribeTransactions(s -> s.named("audit")
                        .chunksOf(100)
                        .retrying(Retry.exponential(ofMillis(1), ofMillis(5)))
                        .each(chunk -> {
                            chunks.add(chunk);
                            if (chunks.size() == 2) {
                                throw new IllegalStateException("planned");
                            }
                        })));

        streams.execute("WITH i AS (INSERT INTO item VALUES (1, 1) RETURNING id)"
                + " INSERT INTO ledger SELECT id, 'paid' FROM i");
        streams.execute("INSERT INTO item SELECT g, g FROM generate_series(2, 251) g");
        await().atMost(ofSeconds(30)).until(() -> status(realtime, "audit").handled() == 252);

        TransactionChunk first = chunks.get(0);
        assertThat(first.first() && first.last()).isTrue();
        assertThat(first.events(Item.class)).hasSize(1);
        assertThat(first.events(LedgerRow.class)).hasSize(1);
        assertThat(chunks).hasSize(5);
        assertThat(chunks.get(1).possibleRedelivery()).isFalse();
        assertThat(chunks.get(2).possibleRedelivery()).isTrue();
        assertThat(chunks.subList(2, 5))
                .extracting(chunk -> chunk.events().size())
                .containsExactly(100, 100, 50);
        assertThat(chunks.subList(2, 5)).extracting(TransactionChunk::first).containsExactly(true, false, false);
        assertThat(chunks.subList(2, 5)).extracting(TransactionChunk::last).containsExactly(false, false, true);
        assertThat(chunks.get(4).lastOrdinal()).isEqualTo(249);
        isConfirmed(realtime, chunks.get(4).events().get(0));
    }

    @Test
    void one_of_any_kind_that_is_paused_catches_up_from_its_place() throws Exception {
        List<Object> inLanes = Collections.synchronizedList(new ArrayList<>());
        List<Object> staged = Collections.synchronizedList(new ArrayList<>());
        List<Object> batched = Collections.synchronizedList(new ArrayList<>());
        List<Object> chunked = Collections.synchronizedList(new ArrayList<>());
        Realtime realtime = streams.start(streams.items()
                .queueCapacity(50)
                .subscribe(Item.class, s -> s.named("lanes").lanes(3).each(event -> inLanes.add(event.id())))
                .subscribe(
                        Item.class,
                        s -> s.named("staged")
                                .eachAsync(
                                        event -> CompletableFuture.runAsync(() -> staged.add(event.id()), ELSEWHERE)))
                .subscribe(
                        Item.class,
                        s -> s.named("batched")
                                .batching(30, ofMillis(5))
                                .eachBatch(events -> events.forEach(event -> batched.add(event.id()))))
                .subscribeTransactions(s -> s.named("chunked")
                        .chunksOf(30)
                        .each(chunk -> chunk.events().forEach(event -> chunked.add(event.id())))));
        List<String> names = List.of("lanes", "staged", "batched", "chunked");
        for (int round = 0; round < 6; round++) {
            int from = round * 200;
            if (round == 2) {
                names.forEach(realtime::pause);
            }
            if (round == 4) {
                names.forEach(name -> assertThat(status(realtime, name).state()).isEqualTo(SubscriptionState.PAUSED));
                names.forEach(realtime::resume);
            }
            streams.execute("INSERT INTO item SELECT " + from + " + g, g FROM generate_series(1, 100) g");
            streams.execute("INSERT INTO item SELECT " + from + " + g, g FROM generate_series(101, 200) g");
        }

        Long[] ids = LongStream.rangeClosed(1, 1_200).boxed().toArray(Long[]::new);
        for (List<Object> handled : List.of(inLanes, staged, batched, chunked)) {
            await().atMost(ofSeconds(60)).until(() -> handled.size() >= ids.length);
            assertThat(handled).containsExactlyInAnyOrder((Object[]) ids);
        }
        assertThat(batched).containsExactly((Object[]) ids);
        assertThat(chunked).containsExactly((Object[]) ids);
    }
}
