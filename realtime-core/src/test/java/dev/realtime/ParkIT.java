package dev.realtime;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.error.ConfigurationException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.event.EventHandler;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SetupPlan;
import dev.realtime.store.DeadLetter;
import dev.realtime.support.Item;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events that are put aside: safe before the stream goes on, and there to be taken up again. */
class ParkIT {

    private static final String TABLE = "public.realtime_dead_letter";

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();
    private final AtomicBoolean well = new AtomicBoolean();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    /** Fails at item 2 for as long as it is not well. */
    private void handle(RealtimeEvent<Item> event) {
        if (event.id().equals(2L) && !well.get()) {
            throw new IllegalStateException("cannot take " + ((Insert<Item>) event).after().name);
        }
        received.handle(event);
    }

    private RealtimeBuilder parking(EventHandler<RealtimeEvent<Item>> handler) {
        return streams.items()
                .stopTimeout(ofSeconds(1))
                .subscribe(
                        Item.class,
                        s -> s.named("mailer")
                                .retrying(Retry.exponential(ofMillis(1), ofMillis(5))
                                        .attempts(3)
                                        .thenPark())
                                .each(handler));
    }

    private void insert(int... ids) throws Exception {
        for (int id : ids) {
            streams.execute("INSERT INTO item VALUES (" + id + ", " + id + ", 'secret name')");
        }
    }

    private RealtimeStatus.Subscription mailer(Realtime realtime) {
        return realtime.status().subscriptions().get(0);
    }

    private String rows() throws Exception {
        return streams.database().value("SELECT count(*) FROM " + TABLE);
    }

    @Test
    void an_event_is_put_aside_and_the_stream_goes_on() throws Exception {
        Realtime realtime = streams.start(parking(this::handle));

        insert(1, 2, 3);

        assertThat(received.next(2)).extracting(RealtimeEvent::id).containsExactly(1L, 3L);
        assertThat(mailer(realtime).parked()).isEqualTo(1);
        assertThat(mailer(realtime).failures()).isZero();
        DeadLetter letter = realtime.deadLetters().list(10).get(0);
        assertThat(letter.slot()).isEqualTo(streams.slot());
        assertThat(letter.subscription()).isEqualTo("mailer");
        assertThat(letter.entity()).isEqualTo("Item");
        assertThat(letter.action()).isEqualTo("INSERT");
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.eventId()).endsWith(":" + letter.position());
        assertThat(letter.errorClass()).isEqualTo(IllegalStateException.class.getName());
        assertThat(letter.errorDetail()).contains("ParkIT.handle").doesNotContain("secret");
        assertThat(realtime.deadLetters().list("mailer", 1)).containsExactly(letter);
        assertThat(realtime.deadLetters().list("another", 1)).isEmpty();
        assertThat(realtime.deadLetters().count()).isEqualTo(1);
        String xid = streams.database().value("SELECT xmin FROM item WHERE id = 2");
        assertThat(letter.xid()).isEqualTo(Long.parseLong(xid));
    }

    @Test
    void what_was_put_aside_is_replayed_as_the_row_was_then() throws Exception {
        Realtime realtime = streams.start(parking(this::handle));
        insert(1, 2, 3);
        received.next(2);
        DeadLetter letter = realtime.deadLetters().list(1).get(0);
        streams.execute("ALTER TABLE item RENAME COLUMN name TO renamed");

        assertThatThrownBy(() -> realtime.deadLetters().replay(letter))
                .as("it fails again, and stays")
                .isInstanceOf(IllegalStateException.class);
        assertThat(rows()).isEqualTo("1");
        well.set(true);
        assertThat(realtime.deadLetters().replay(letter)).isTrue();

        Insert<Item> again = received.next(Insert.class);
        assertThat(again.after()).hasToString("2/2/secret name/null");
        assertThat(again.eventId()).isEqualTo(letter.eventId());
        assertThat(again.possibleRedelivery()).isTrue();
        assertThat(again.transaction().commitTime()).isEqualTo(letter.commitTime());
        assertThat(rows()).isEqualTo("0");
        assertThat(realtime.deadLetters().replay(letter)).isFalse();
    }

    @Test
    void what_was_put_aside_may_be_discarded() throws Exception {
        Realtime realtime = streams.start(parking(this::handle));
        insert(2, 3);
        received.next();
        DeadLetter letter = realtime.deadLetters().list(1).get(0);

        assertThat(realtime.deadLetters().discard(letter)).isTrue();
        assertThat(realtime.deadLetters().discard(letter)).isFalse();
        assertThat(rows()).isEqualTo("0");
    }

    @Test
    void a_row_that_cannot_be_decoded_goes_the_same_way() throws Exception {
        Realtime realtime = streams.start(parking(this::handle));

        streams.execute(
                "ALTER TABLE item DROP COLUMN id",
                "INSERT INTO item VALUES (7, 'lost')",
                "ALTER TABLE item ADD COLUMN id bigint DEFAULT 5",
                "INSERT INTO item VALUES (8, 'found')");

        assertThat(received.next().id()).isEqualTo(5L);
        DeadLetter letter = realtime.deadLetters().list(1).get(0);
        assertThat(letter.errorClass()).isEqualTo("dev.realtime.error.MappingException");
        assertThat(letter.errorDetail()).contains("Item");
        assertThat(streams.database()
                        .value("SELECT position('lost'::bytea IN payload) > 0 FROM " + TABLE
                                + " WHERE entity = 'Item'"))
                .isEqualTo("t");
    }

    @Test
    void an_event_that_comes_again_after_it_was_put_aside_lies_there_once() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        // The other subscription holds the slot, as if the application had died behind the put-aside and before the
        // status.
        try (Realtime first =
                parking(this::handle).on(Item.class, event -> never.await()).start()) {
            insert(1, 2, 3);
            assertThat(received.next(2)).extracting(RealtimeEvent::id).containsExactly(1L, 3L);
            assertThat(first.deadLetters().count()).isEqualTo(1);
        }

        Realtime second = streams.start(parking(this::handle));

        assertThat(received.next(2)).extracting(RealtimeEvent::id).containsExactly(1L, 3L);
        assertThat(mailer(second).parked()).as("again").isEqualTo(1);
        assertThat(second.deadLetters().list(10)).hasSize(1);
    }

    @Test
    void while_an_event_cannot_be_put_aside_it_is_held() throws Exception {
        Realtime realtime = streams.start(parking(this::handle));
        streams.execute("DROP TABLE " + TABLE);

        insert(1, 2, 3);

        assertThat(received.next().id()).isEqualTo(1L);
        await().atMost(ofSeconds(10))
                .untilAsserted(() -> assertThat(mailer(realtime).lastError())
                        .hasMessageContaining("42P01")
                        .hasMessageContaining("realtime_dead_letter"));
        assertThat(mailer(realtime).failures()).isEqualTo(3);
        assertThat(mailer(realtime).parked()).isZero();
        assertThat(received.waiting()).isZero();

        assertThat(realtime.setup().apply().statements()).anyMatch(sql -> sql.startsWith("CREATE TABLE"));

        assertThat(received.next().id()).isEqualTo(3L);
        assertThat(rows()).isEqualTo("1");
    }

    @Test
    void the_table_is_part_of_the_plan_and_may_be_made_by_its_owner() throws Exception {
        String role = streams.database().unique("role");
        streams.execute("CREATE ROLE " + role + " LOGIN REPLICATION", "CREATE SCHEMA \"Kept\"");
        try {
            RealtimeBuilder builder = parking(this::handle)
                    .deadLetters("Kept", "Dead \"letters\"")
                    .connectingTo(streams.database().url(), role, () -> null);
            assertThatThrownBy(builder::start)
                    .isInstanceOfSatisfying(
                            SetupException.class, e -> assertThat(e.problem()).isEqualTo(SetupProblem.OWN_TABLE))
                    .hasMessageContaining("thenPark");
            SetupPlan plan = builder.setup().plan();
            assertThat(plan.sql())
                    .contains("CREATE TABLE \"Kept\".\"Dead \"\"letters\"\"\"")
                    .contains("GRANT SELECT, INSERT, DELETE ON")
                    .contains(role);
            streams.execute("GRANT USAGE ON SCHEMA \"Kept\" TO " + role);
            streams.execute(plan.statements().toArray(String[]::new));

            Realtime realtime = streams.start(builder.setup(SetupMode.VALIDATE));
            insert(2, 3);

            received.next();
            assertThat(realtime.deadLetters().count()).isEqualTo(1);
            realtime.close();
        } finally {
            streams.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @Test
    void a_publication_that_would_carry_the_table_is_refused() throws Exception {
        streams.execute("CREATE PUBLICATION \"" + streams.slot() + "\" FOR ALL TABLES");

        assertThatThrownBy(() -> parking(this::handle).start())
                .isInstanceOfSatisfying(
                        SetupException.class, e -> assertThat(e.problem()).isEqualTo(SetupProblem.OWN_TABLE))
                .hasMessageContaining("must not be published");
    }

    @Test
    void a_role_whose_commits_do_not_wait_for_the_disk_waits_here() throws Exception {
        String role = streams.database().unique("role");
        streams.execute(
                "CREATE ROLE " + role + " LOGIN SUPERUSER",
                "ALTER ROLE " + role + " SET synchronous_commit = off",
                "ALTER ROLE " + role + " SET default_transaction_read_only = on");
        try {
            Realtime realtime = streams.start(
                    parking(this::handle).connectingTo(streams.database().url(), role, () -> null));
            streams.execute(
                    "CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN NEW.error_detail := current_setting(''synchronous_commit''); RETURN NEW; END'",
                    "CREATE TRIGGER seen BEFORE INSERT ON " + TABLE + " FOR EACH ROW EXECUTE FUNCTION seen()");
            insert(2, 3);

            received.next();
            assertThat(realtime.deadLetters().list(1).get(0).errorDetail()).isEqualTo("on");
            realtime.close();
        } finally {
            streams.execute("REASSIGN OWNED BY " + role + " TO postgres", "DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @Test
    void without_a_policy_that_parks_there_is_no_table() throws Exception {
        Realtime realtime = streams.start(streams.items().on(Item.class, received));

        assertThatThrownBy(() -> realtime.deadLetters().list(1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("thenPark");
        assertThat(streams.database().value("SELECT to_regclass('" + TABLE + "')"))
                .isNull();
    }
}
