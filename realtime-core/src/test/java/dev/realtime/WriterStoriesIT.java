package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.RealtimeEvent;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Received;
import dev.realtime.support.Story;
import dev.realtime.support.Streams;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/** Whatever way a row is written, and whether its transaction lives: the events are those of the committed rows. */
class WriterStoriesIT {

    @RegisterExtension
    private final Streams streams = new Streams();

    static Stream<Story> stories() {
        return Story.on(
                SharedServer.get().majorVersion(),
                Story.of("an upsert is an insert, then an update, or nothing")
                        .told(
                                "INSERT INTO item VALUES (1, 1, 'a') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                                "INSERT INTO item VALUES (1, 1, 'b') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                                "INSERT INTO item VALUES (1, 1, 'c') ON CONFLICT DO NOTHING")
                        .becomes("insert 1/1/a/null", "update 1/1/b/null"),
                Story.of("one row written five times in a transaction is five events")
                        .told(
                                "BEGIN; INSERT INTO item VALUES (1, 1, 'a'); UPDATE item SET name = 'b'; UPDATE item SET code = 2;"
                                        + " DELETE FROM item; INSERT INTO item VALUES (1, 3, 'c'); COMMIT")
                        .becomes(
                                "insert 1/1/a/null",
                                "update 1/1/b/null",
                                "update 1/2/b/null",
                                "delete 1",
                                "insert 1/3/c/null"),
                Story.of("a merge updates what matches and inserts what does not")
                        .since(15)
                        .given("INSERT INTO item VALUES (1, 1, 'a')")
                        .told("MERGE INTO item USING (VALUES (1, 'x'), (2, 'y')) AS v(id, name) ON item.id = v.id"
                                + " WHEN MATCHED THEN UPDATE SET name = v.name"
                                + " WHEN NOT MATCHED THEN INSERT VALUES (v.id, 0, v.name)")
                        .becomes("update 1/1/x/null", "insert 2/0/y/null"),
                Story.of("rows written by a query's parts come in the order of their execution")
                        .told("WITH first AS (INSERT INTO item VALUES (1, 1) RETURNING id)"
                                + " INSERT INTO item SELECT id + 1, 2 FROM first")
                        .becomes("insert 1/1/null/null", "insert 2/2/null/null"),
                Story.of("a trigger's changes are seen as they were stored")
                        .given(
                                "CREATE TABLE audit (note text)",
                                "CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                        + " NEW.name := upper(NEW.name); INSERT INTO audit VALUES (NEW.name); RETURN NEW; END $$",
                                "CREATE TRIGGER shout BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION shout()")
                        .told("INSERT INTO item VALUES (1, 1, 'quiet')")
                        .becomes("insert 1/1/QUIET/null"),
                Story.of("of two equal rows without a key one is deleted")
                        .given(
                                "ALTER TABLE item DROP CONSTRAINT item_pkey",
                                "ALTER TABLE item ALTER id DROP NOT NULL",
                                "ALTER TABLE item REPLICA IDENTITY FULL")
                        .told(
                                "INSERT INTO item VALUES (1, 1), (1, 1)",
                                "DELETE FROM item WHERE ctid = (SELECT min(ctid) FROM item)")
                        .becomes("insert 1/1/null/null", "insert 1/1/null/null", "delete 1 1/1/null/null"),
                Story.of("what is rolled back never was")
                        .told("BEGIN; INSERT INTO item VALUES (1, 1); ROLLBACK", "INSERT INTO item VALUES (2, 2)")
                        .becomes("insert 2/2/null/null"),
                Story.of("a savepoint that is rolled back takes its rows alone")
                        .told("BEGIN; INSERT INTO item VALUES (1, 1); SAVEPOINT a; INSERT INTO item VALUES (2, 2);"
                                + " SAVEPOINT b; INSERT INTO item VALUES (3, 3); ROLLBACK TO a;"
                                + " INSERT INTO item VALUES (4, 4); RELEASE a; COMMIT")
                        .becomes("insert 1/1/null/null", "insert 4/4/null/null"),
                Story.of("an exception that is caught takes its block's rows alone")
                        .told("DO $$ BEGIN INSERT INTO item VALUES (1, 1); BEGIN INSERT INTO item VALUES (2, 2);"
                                + " INSERT INTO item VALUES (1, 1); EXCEPTION WHEN unique_violation THEN NULL; END;"
                                + " INSERT INTO item VALUES (3, 3); END $$")
                        .becomes("insert 1/1/null/null", "insert 3/3/null/null"),
                Story.of("more subtransactions than a backend remembers are one transaction")
                        .told("DO $$ BEGIN FOR i IN 1..98 LOOP BEGIN INSERT INTO item VALUES (i, i);"
                                + " IF i > 2 THEN RAISE division_by_zero; END IF;"
                                + " EXCEPTION WHEN division_by_zero THEN NULL; END; END LOOP; END $$")
                        .becomes("insert 1/1/null/null", "insert 2/2/null/null"),
                Story.of("logical messages among rows, in the transaction and beside it, change nothing")
                        .told(
                                "BEGIN",
                                "INSERT INTO item (id, code, name) VALUES (1, 10, 'uno')",
                                "SELECT pg_logical_emit_message(true, 'ours', 'among rows')",
                                "SELECT pg_logical_emit_message(false, 'ours', 'at once')",
                                "INSERT INTO item (id, code, name) VALUES (2, 20, 'due')",
                                "COMMIT",
                                "SELECT pg_logical_emit_message(true, 'ours', 'alone')")
                        .becomes("insert 1/10/uno/null", "insert 2/20/due/null"),
                Story.of("transactions that change nothing of ours are passed over")
                        .given("CREATE TABLE other (id int)")
                        .told(
                                "CREATE TEMPORARY TABLE mine (id int)",
                                "INSERT INTO mine VALUES (1)",
                                "INSERT INTO other VALUES (1)",
                                "CREATE TABLE another (id int)",
                                "ANALYZE item")
                        .becomes(),
                Story.of("of a transaction over several tables come the rows of ours")
                        .given("CREATE TABLE other (id int PRIMARY KEY)")
                        .told("BEGIN; INSERT INTO other VALUES (1); INSERT INTO item VALUES (1, 1);"
                                + " UPDATE other SET id = 2; INSERT INTO item VALUES (2, 2); COMMIT")
                        .becomes("insert 1/1/null/null", "insert 2/2/null/null"),
                Story.of("a prepared transaction comes when it is committed, and not when it is rolled back")
                        .told(
                                "BEGIN; INSERT INTO item VALUES (1, 1); PREPARE TRANSACTION '$pub one'",
                                "BEGIN; INSERT INTO item VALUES (2, 2); PREPARE TRANSACTION '$pub two'",
                                "INSERT INTO item VALUES (3, 3)",
                                "ROLLBACK PREPARED '$pub two'",
                                "COMMIT PREPARED '$pub one'")
                        .becomes("insert 3/3/null/null", "insert 1/1/null/null"),
                Story.of("a truncation has its place among the rows, whatever else is truncated with it")
                        .given("CREATE TABLE other (id int PRIMARY KEY REFERENCES item)")
                        .told(
                                "INSERT INTO item VALUES (1, 1)",
                                "BEGIN; TRUNCATE item, other; INSERT INTO item VALUES (2, 2); COMMIT",
                                "TRUNCATE item RESTART IDENTITY CASCADE",
                                "TRUNCATE other")
                        .becomes("insert 1/1/null/null", "truncate", "insert 2/2/null/null", "truncate"));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void becomes_events(Story story) throws Exception {
        story.tell(streams);
    }

    @Test
    void rows_that_share_a_log_position_have_ordinals_of_their_own() throws Exception {
        Received<Item> received = started();
        try (Connection connection = streams.database().connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY item (id, code) FROM STDIN", new StringReader("1\t1\n2\t2\n3\t3\n4\t4\n5\t5\n"));
        }

        List<RealtimeEvent<Item>> events = received.next(5);

        assertThat(events).extracting(RealtimeEvent::id).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(events).extracting(event -> event.position().ordinal()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void interleaved_transactions_come_whole_in_the_order_of_their_commits() throws Exception {
        Received<Item> received = started();
        try (Connection one = streams.database().connect();
                Statement first = one.createStatement();
                Connection two = streams.database().connect();
                Statement second = two.createStatement()) {
            one.setAutoCommit(false);
            two.setAutoCommit(false);
            first.execute("INSERT INTO item VALUES (1, 1)");
            second.execute("INSERT INTO item VALUES (2, 2)");
            first.execute("INSERT INTO item VALUES (3, 3)");
            second.execute("INSERT INTO item VALUES (4, 4)");
            two.commit();
            first.execute("INSERT INTO item VALUES (5, 5)");
            one.commit();
        }

        List<RealtimeEvent<Item>> events = received.next(5);

        assertThat(events).extracting(RealtimeEvent::id).containsExactly(2L, 4L, 1L, 3L, 5L);
        assertThat(events).extracting(RealtimeEvent::position).isSorted();
        assertThat(events.get(1).transaction()).isEqualTo(events.get(0).transaction());
        assertThat(events.get(2).transaction().xid())
                .as("the one that began first")
                .isLessThan(events.get(0).transaction().xid());
    }

    @Test
    void a_transaction_that_the_server_writes_to_disk_meanwhile_comes_in_order_all_the_same() throws Exception {
        streams.execute("ALTER DATABASE " + streams.database().name() + " SET logical_decoding_work_mem = '64kB'");
        Received<Item> received = started();
        int rows = 20_000;

        streams.execute("INSERT INTO item SELECT i, i FROM generate_series(1, " + rows + ") i");

        for (long i = 1; i <= rows; i++) {
            RealtimeEvent<Item> event = received.next();
            assertThat(event.id()).isEqualTo(i);
            assertThat(event.position().ordinal()).isEqualTo(i - 1);
        }
        Eventually.equal(
                "t",
                () -> streams.database()
                        .value("SELECT spill_txns > 0 FROM pg_stat_replication_slots WHERE slot_name = '"
                                + streams.slot() + "'"));
    }

    private Received<Item> started() throws Exception {
        Received<Item> received = new Received<>();
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
        streams.start(streams.items().on(Item.class, received));
        return received;
    }
}
