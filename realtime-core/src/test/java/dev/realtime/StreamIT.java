package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Action;
import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Truncate;
import dev.realtime.event.Update;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.support.Item;
import dev.realtime.support.PlainMapping;
import dev.realtime.support.Received;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From SQL to the handler, on a real server. */
class StreamIT {

    private final TestDatabase database = SharedServer.database();
    private final Received<Item> received = new Received<>();
    private Realtime realtime;

    @BeforeEach
    void start() throws Exception {
        database.execute("CREATE TABLE item " + Item.COLUMNS);
        realtime = stream(received);
    }

    private Realtime stream(Received<Item> handler) {
        return Realtime.register(Item.class)
                .from(PlainMapping.all(Item.mapping("public", "item")))
                .connectingTo(database.url(), "postgres", () -> null)
                .slot(slot)
                .on(Item.class, handler)
                .start();
    }

    private final String slot = database.unique("stream");

    @AfterEach
    void stop() {
        realtime.close();
        database.close();
    }

    @Test
    void inserts_updates_deletes_and_truncates_arrive_typed_and_in_order() throws Exception {
        database.execute(
                "INSERT INTO item VALUES (1, 10, 'one', NULL)",
                "UPDATE item SET name = 'uno' WHERE id = 1",
                "UPDATE item SET id = 2 WHERE id = 1",
                "DELETE FROM item WHERE id = 2",
                "TRUNCATE item");

        Insert<Item> insert = received.next(Insert.class);
        assertThat(insert.after()).hasToString("1/10/one/null");
        assertThat(insert.id(Long.class)).isEqualTo(1);
        assertThat(insert.model()).isEqualTo("Item");
        assertThat(insert.unavailable()).isEmpty();
        assertThat(insert.possibleRedelivery()).isFalse();

        Update<Item> update = received.next(Update.class);
        assertThat(update.after()).hasToString("1/10/uno/null");
        assertThat(update.oldId()).isEmpty();
        assertThat(update.before()).isEmpty();
        assertThat(update.changes().isKnown()).isFalse();

        Update<Item> moved = received.next(Update.class);
        assertThat(moved.id()).isEqualTo(2L);
        assertThat(moved.oldId()).contains(1L);

        Delete<Item> delete = received.next(Delete.class);
        assertThat(delete.id()).isEqualTo(2L);
        assertThat(delete.before()).isEmpty();
        assertThat(delete.unavailable()).containsExactlyInAnyOrder("code", "name", "body");

        Truncate<Item> truncate = received.next(Truncate.class);
        assertThat(truncate.id()).isNull();
    }

    @Test
    void the_rows_of_a_transaction_share_it_and_are_counted() throws Exception {
        database.execute("BEGIN; INSERT INTO item VALUES (1, 1), (2, 2); SAVEPOINT s; INSERT INTO item VALUES (3, 3);"
                + " ROLLBACK TO s; DELETE FROM item WHERE id = 1; COMMIT");

        List<RealtimeEvent<Item>> events = received.next(3);

        assertThat(events)
                .extracting(RealtimeEvent::action)
                .containsExactly(Action.INSERT, Action.INSERT, Action.DELETE);
        assertThat(events).extracting(event -> event.position().ordinal()).containsExactly(0L, 1L, 2L);
        assertThat(events)
                .extracting(RealtimeEvent::transaction)
                .containsOnly(events.get(0).transaction());
        assertThat(events).extracting(RealtimeEvent::eventId).doesNotHaveDuplicates();
    }

    @Test
    void what_was_committed_while_it_was_stopped_comes_after_the_next_start_and_nothing_twice() throws Exception {
        database.execute("INSERT INTO item VALUES (1, 1)");
        received.next();
        realtime.close();

        database.execute("INSERT INTO item VALUES (2, 2)");
        Received<Item> second = new Received<>();
        realtime = stream(second);
        database.execute("INSERT INTO item VALUES (3, 3)");

        assertThat(second.next(2)).extracting(RealtimeEvent::id).containsExactly(2L, 3L);
        assertThat(second.waiting()).isZero();
    }

    @Test
    void a_stream_that_was_cut_goes_on_without_loss_or_repetition() throws Exception {
        database.execute("INSERT INTO item VALUES (1, 1)");
        received.next();

        database.execute(
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + slot + "'");
        database.execute("INSERT INTO item VALUES (2, 2)");

        assertThat(received.next().id()).isEqualTo(2L);
        assertThat(realtime.status().sessions()).isEqualTo(2);
        assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.STREAMING);
        assertThat(received.waiting()).isZero();
    }
}
