package dev.realtime;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.RealtimeStatus.SubscriptionState;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.support.Item;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stop in good order while subscriptions catch up: what they were not given yet comes after the next start. */
@Execution(CONCURRENT)
class StoppedCatchUpIT {

    private static final Duration PATIENCE = ofSeconds(60);
    private static final int ROWS = 2_000;
    private static final int BEGUN = 300;
    private static final List<String> MANNERS = List.of("each", "acknowledged", "lanes", "batches", "transactions");

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> quick = new Received<>();
    private final Map<String, Queue<Object>> seen = new TreeMap<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile boolean crawling = true;

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
        MANNERS.forEach(name -> seen.put(name, new ConcurrentLinkedQueue<>()));
    }

    /** What a handler does with an event: at first nothing until its subscription has left the stream, then slowly. */
    private void handle(String name, RealtimeEvent<?> event) throws InterruptedException {
        left.await();
        Queue<Object> ids = seen.get(name);
        if (crawling && ids.size() >= BEGUN) {
            LockSupport.parkNanos(ofMillis(2).toNanos());
        }
        ids.add(event.id());
    }

    private RealtimeBuilder builder(boolean offsets) {
        RealtimeBuilder builder = streams.items()
                .stopTimeout(ofSeconds(30))
                .queueCapacity(100)
                .detachAfter(ofMillis(50))
                .subscribe(Item.class, s -> s.named("quick").each(quick))
                .subscribe(Item.class, s -> s.named("each").each(event -> handle("each", event)))
                .subscribe(Item.class, s -> s.named("lanes").lanes(3).each(event -> handle("lanes", event)))
                .subscribe(
                        Item.class,
                        s -> s.named("acknowledged").eachAcknowledged((event, acknowledgement) -> {
                            handle("acknowledged", event);
                            acknowledgement.ack();
                        }))
                .subscribe(
                        Item.class,
                        s -> s.named("batches").batching(30, ofMillis(20)).eachBatch(events -> {
                            for (RealtimeEvent<?> event : events) {
                                handle("batches", event);
                            }
                        }))
                .subscribeTransactions(s -> s.named("transactions").chunksOf(40).each(chunk -> {
                    for (RealtimeEvent<?> event : chunk.events()) {
                        handle("transactions", event);
                    }
                }));
        return offsets ? builder.offsets() : builder;
    }

    @ParameterizedTest
    @CsvSource({"false,true", "true,false"})
    void what_a_catch_up_had_not_brought_comes_after_the_next_start(boolean paused, boolean offsets) throws Exception {
        Realtime realtime = streams.start(builder(offsets));
        if (paused) {
            MANNERS.forEach(realtime::pause);
        }
        streams.execute("INSERT INTO item SELECT n, 1 FROM generate_series(1, " + ROWS + ") n");
        quick.next(ROWS);
        await().atMost(PATIENCE)
                .until(() -> realtime.status().subscriptions().stream()
                        .filter(subscription -> MANNERS.contains(subscription.name()))
                        .allMatch(subscription -> subscription.state()
                                == (paused ? SubscriptionState.PAUSED : SubscriptionState.CATCHING_UP)));
        left.countDown();
        MANNERS.forEach(realtime::resume);
        await().atMost(PATIENCE).until(() -> seen.values().stream().allMatch(ids -> ids.size() >= BEGUN));

        realtime.close();

        assertThat(seen.values()).as("a catch-up was cut short").anyMatch(ids -> ids.size() < ROWS);
        crawling = false;
        streams.start(builder(offsets));
        streams.execute("INSERT INTO item VALUES (" + (ROWS + 1) + ", 1)");
        await().atMost(PATIENCE).until(() -> seen.values().stream().allMatch(ids -> ids.contains((long) ROWS + 1)));
        seen.forEach((name, ids) -> assertThat(new HashSet<>(ids)).as(name).hasSize(ROWS + 1));
    }
}
