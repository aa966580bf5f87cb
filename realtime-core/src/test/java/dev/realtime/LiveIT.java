package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.ConfigurationException;
import dev.realtime.error.RealtimeException;
import dev.realtime.event.Lagged;
import dev.realtime.event.LiveCounts;
import dev.realtime.event.LiveEvent;
import dev.realtime.event.LiveItem;
import dev.realtime.event.LiveSubscription;
import dev.realtime.event.Overflow;
import dev.realtime.event.Retry;
import dev.realtime.event.Undecodable;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Probe;
import dev.realtime.support.Received;
import dev.realtime.support.Stage;
import dev.realtime.support.Story;
import dev.realtime.support.Streams;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Live subscriptions on a real server. */
class LiveIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> durable = new Received<>();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    private Realtime start() {
        return streams.start(streams.items().on(Item.class, durable));
    }

    private static Probe<Item> subscribe(Realtime realtime, Overflow overflow) {
        Probe<Item> probe = new Probe<>();
        realtime.live(Item.class, overflow).subscribe(probe);
        return probe;
    }

    private static String inWords(LiveItem<Item> item) {
        return item instanceof LiveEvent<Item> live ? Story.inWords(live.event()) : item.toString();
    }

    private static List<String> inWords(List<LiveItem<Item>> items) {
        return items.stream().map(LiveIT::inWords).toList();
    }

    private static LiveCounts counts(Realtime realtime) {
        return realtime.status().live().get(0).counts();
    }

    @Test
    void entities_arrive_as_they_are_committed_from_the_subscription_on() throws Exception {
        Realtime realtime = start();
        streams.execute("INSERT INTO item VALUES (1, 1, 'before')");
        durable.next();
        Probe<Item> probe = subscribe(realtime, Overflow.dropOldest(100));
        LinkedBlockingQueue<LiveItem<Item>> handled = new LinkedBlockingQueue<>();
        LiveSubscription subscription = realtime.live(Item.class, Overflow.coalesceById(100), handled::add);
        streams.execute(
                "INSERT INTO item VALUES (2, 2, 'two')",
                "UPDATE item SET name = 'zwei' WHERE id = 2",
                "DELETE FROM item WHERE id = 2",
                "TRUNCATE item");

        List<LiveItem<Item>> items = probe.take(4);
        assertThat(inWords(items))
                .containsExactly("insert 2/2/two/null", "update 2/2/zwei/null", "delete 2", "truncate");
        List<?> durably = durable.next(4);
        assertThat(((LiveEvent<Item>) items.get(0)).event())
                .as("an event of its own")
                .isNotSameAs(durably.get(0))
                .hasToString(durably.get(0).toString());
        assertThat(inWords(handled.poll(20, TimeUnit.SECONDS))).isNotNull();

        subscription.close();
        assertThat(realtime.status().live()).singleElement().satisfies(live -> {
            assertThat(live.entity()).isEqualTo("Item");
            assertThat(live.subscriptions()).isEqualTo(1);
        });
        realtime.close();
        probe.awaitCompletion();
        assertThat(probe.isServedByTheRules()).isTrue();
        assertThat(subscribe(realtime, Overflow.dropOldest(1)).rest()).isEmpty();
    }

    @Test
    void who_never_reads_slows_nobody_and_the_sums_add_up() throws Exception {
        Realtime realtime = start();
        List<Probe<Item>> idle = List.of(
                subscribe(realtime, Overflow.dropOldest(50)),
                subscribe(realtime, Overflow.dropNewest(50)),
                subscribe(realtime, Overflow.coalesceById(50)));
        Probe<Item> disconnected = subscribe(realtime, Overflow.disconnect(50));
        int rows = 20_000;
        streams.execute("INSERT INTO item SELECT n, n FROM generate_series(1, " + rows + ") n");
        assertThat(durable.next(rows)).hasSize(rows);

        for (Probe<Item> probe : idle) {
            Eventually.equal(new LiveCounts(rows, 0, rows - 50, 50), probe::counts);
        }
        assertThat(disconnected.awaitError()).hasMessageContaining("subscription to Item was ended");
        LiveCounts counts = counts(realtime);
        assertThat(counts.queued()).isEqualTo(150);
        assertThat(counts.delivered()).isZero();

        List<LiveItem<Item>> newest = idle.get(0).take(2);
        assertThat(newest.get(0))
                .isInstanceOfSatisfying(
                        Lagged.class, lagged -> assertThat(lagged.count()).isEqualTo(rows - 50));
        assertThat(inWords(newest.get(1))).startsWith("insert " + (rows - 49) + "/");
        assertThat(inWords(idle.get(1).take(1).get(0))).startsWith("insert 1/");

        realtime.close();
        for (Probe<Item> probe : idle) {
            probe.awaitCompletion();
        }
        assertThat(counts(realtime).queued()).isZero();
        assertThat(counts(realtime).delivered()).isEqualTo(2);
    }

    @Test
    void a_row_that_does_not_fit_its_entity_any_more_is_told_and_the_next_ones_come() throws Exception {
        Realtime realtime = streams.start(streams.items()
                .subscribe(Item.class, s -> s.retrying(Retry.never().thenSkip()).each(durable)));
        Probe<Item> probe = subscribe(realtime, Overflow.dropOldest(100));
        streams.execute(
                "INSERT INTO item VALUES (1, 1)",
                "ALTER TABLE item ALTER code TYPE text",
                "INSERT INTO item VALUES (2, 'two')",
                "ALTER TABLE item ALTER code TYPE int USING 3",
                "INSERT INTO item VALUES (3, 3)");

        List<LiveItem<Item>> items = probe.take(3);
        assertThat(inWords(items.get(0))).isEqualTo("insert 1/1/null/null");
        assertThat(items.get(1)).isInstanceOf(Undecodable.class);
        assertThat(inWords(items.get(2))).isEqualTo("insert 3/3/null/null");
    }

    @Test
    void a_broken_connection_brings_nothing_twice_and_leaves_nothing_out() throws Exception {
        try (Stage stage = new Stage(SharedServer.get(), Link.PLAIN)) {
            Realtime realtime = stage.start(stage.ledger().on(LedgerRow.class, event -> {}));
            Probe<LedgerRow> probe = new Probe<>();
            realtime.live(LedgerRow.class, Overflow.dropOldest(10_000)).subscribe(probe);
            for (int i = 0; i < 5; i++) {
                long sessions = realtime.status().sessions();
                stage.proxy().cutAtMessage(50 + 17 * i);
                stage.database()
                        .execute("INSERT INTO ledger SELECT n, 0, 1, '', 0 FROM generate_series(" + 200 * i + ", "
                                + (200 * i + 199) + ") n");
                Stage.await(PATIENCE).until(() -> realtime.status().sessions() > sessions);
            }
            stage.awaitAllConfirmed(PATIENCE);

            List<LiveItem<LedgerRow>> items = probe.take(1000);
            for (int i = 0; i < 1000; i++) {
                assertThat(((LiveEvent<LedgerRow>) items.get(i)).event().id()).isEqualTo((long) i);
            }
            assertThat(probe.counts()).isEqualTo(new LiveCounts(1000, 1000, 0, 0));
        }
    }

    @Test
    void a_stream_that_fails_tells_its_live_subscribers_why() throws Exception {
        Realtime realtime = streams.start(streams.items().on(Item.class, event -> {
            throw new StackOverflowError("planned");
        }));
        Probe<Item> probe = subscribe(realtime, Overflow.dropOldest(100));
        streams.execute("INSERT INTO item VALUES (1, 1)");

        assertThat(probe.awaitError())
                .isInstanceOf(RealtimeException.class)
                .isSameAs(realtime.status().lastError());
    }

    @Test
    void an_entity_that_is_not_registered_has_no_live_changes() {
        Realtime realtime = start();
        assertThatThrownBy(() -> realtime.live(LedgerRow.class, Overflow.dropOldest(1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("register(...)");
    }
}
