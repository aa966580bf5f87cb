package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.StopMode;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Leftovers;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a whole server may lack or have lost: its log's level, free walsenders, the password it knows, the slot's log. */
class ServerStateIT {

    private static final String KEEPER = "Key \"keeper\" é";
    private static final String PASSWORD = "correct horse";
    private static final PostgresServer SERVER = PostgresServer.builder()
            .setting("max_wal_senders", "1")
            .setting("max_replication_slots", "3")
            .setting("max_slot_wal_keep_size", "16MB")
            .password(KEEPER)
            .start();

    @RegisterExtension
    private final Streams streams = new Streams(SERVER);

    private final Received<Item> received = new Received<>();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    private RealtimeBuilder items() {
        return streams.items().on(Item.class, received).startTimeout(Duration.ofSeconds(3));
    }

    @Test
    void a_server_that_logs_too_little_is_refused_until_its_remedy_was_run() throws Exception {
        try (PostgresServer small =
                        PostgresServer.builder().setting("wal_level", "replica").start();
                TestDatabase database = TestDatabase.on(small)) {
            database.execute("CREATE TABLE item " + Item.COLUMNS);
            RealtimeBuilder builder = items().connectingTo(database.url(), "postgres", () -> null);

            SetupException error = refused(builder);

            assertThat(error.problem()).isEqualTo(SetupProblem.WAL_LEVEL);
            assertThat(error).hasMessageContaining("wal_level is replica").hasMessageContaining("restart");
            Eventually.equal(Set.of(), () -> Leftovers.of(database, streams.slot()));
            database.execute(error.remedy().toArray(String[]::new));
            small.restart(StopMode.FAST);
            builder.start().close();
        }
    }

    @Test
    void a_wrong_password_is_refused_and_never_shown() throws Exception {
        String role = "\"" + KEEPER.replace("\"", "\"\"") + "\"";
        streams.execute("CREATE ROLE " + role + " SUPERUSER LOGIN PASSWORD '" + PASSWORD + "'");
        for (String wrong : new String[] {"battery staple", "", null}) {
            SetupException error =
                    refused(items().connectingTo(streams.database().url(), KEEPER, () -> wrong));

            assertThat(error.problem()).isEqualTo(SetupProblem.AUTHENTICATION);
            assertThat(error)
                    .hasMessageContaining(KEEPER)
                    .hasMessageContaining(streams.database().name());
            assertThat(error.toString()).doesNotContain("battery staple");
            if ("battery staple".equals(wrong)) {
                assertThat(error.remedy()).hasSize(2);
                assertThat(error.remedy().get(0)).contains("password that the application gives");
                assertThat(error.remedy().get(1)).isEqualTo("ALTER ROLE " + role + " LOGIN PASSWORD '...'");
            }
        }

        streams.start(items().connectingTo(streams.database().url(), KEEPER, () -> PASSWORD));

        streams.execute("INSERT INTO item VALUES (1, 1)");
        assertThat(received.next().id()).isEqualTo(1L);
    }

    @Test
    void a_server_without_a_free_walsender_is_refused_before_anything_is_created() throws Exception {
        Realtime other = streams.start(items().slot(streams.database().unique("other")));

        Set<String> before = Leftovers.of(streams.database(), streams.slot());

        SetupException error = refused(items());

        assertThat(error.problem()).isEqualTo(SetupProblem.LIMIT_REACHED);
        assertThat(error).hasMessageContaining("walsender").hasMessageContaining("max_wal_senders");
        Leftovers.awaitNoneBut(before, streams.database(), streams.slot());
        other.close();
        streams.start(items());
    }

    @Test
    void a_server_without_a_free_slot_is_refused_with_a_limit_that_has_room() throws Exception {
        for (int i = 1; i <= 3; i++) {
            streams.execute("SELECT pg_create_physical_replication_slot('" + streams.slot() + "_" + i + "')");
        }

        SetupException error = refused(items());

        assertThat(error.problem()).isEqualTo(SetupProblem.LIMIT_REACHED);
        assertThat(error).hasMessageContaining("all 3 slots").hasMessageContaining("max_replication_slots");
        assertThat(error.remedy()).first().isEqualTo("ALTER SYSTEM SET max_replication_slots = 13;");
        Eventually.equal(Set.of(), () -> Leftovers.of(streams.database(), streams.slot()));
        streams.execute(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_type = 'physical'");
        streams.start(items());
    }

    @Test
    void a_slot_that_was_given_up_while_nobody_streamed_is_refused_with_what_was_lost() throws Exception {
        streams.start(items()).close();
        streams.execute("INSERT INTO item VALUES (1, 1)");
        outgrowTheSlot();

        SetupException error = refused(items());

        assertThat(error.problem()).isEqualTo(SetupProblem.SLOT_LOST);
        assertThat(error)
                .hasMessageContaining(streams.slot())
                .hasMessageContaining("committed after")
                .hasMessageContaining("max_slot_wal_keep_size");
        streams.execute(error.remedy().toArray(String[]::new));
        streams.start(items());
        streams.execute("INSERT INTO item VALUES (2, 2)");
        assertThat(received.next().id()).isEqualTo(2L);
    }

    @Test
    void a_slot_that_is_given_up_under_a_stream_ends_it() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Realtime realtime = streams.start(streams.items().on(Item.class, event -> {
            received.handle(event);
            goOn.await();
        }));
        streams.execute("INSERT INTO item VALUES (1, 1)");
        RealtimeEvent<Item> handling = received.next();

        outgrowTheSlot();

        Eventually.equal(RealtimeStatus.State.FAILED, () -> realtime.status().state());
        assertThat(realtime.status().lastError())
                .isInstanceOfSatisfying(
                        SetupException.class,
                        error -> assertThat(error.problem()).isEqualTo(SetupProblem.SLOT_LOST));
        assertThat(realtime.status().confirmed())
                .isLessThan(handling.transaction().commitLsn());
        goOn.countDown();
    }

    /** Fills more log than the server keeps for a slot. */
    private void outgrowTheSlot() throws Exception {
        for (int i = 0; i < 4; i++) {
            streams.execute("SELECT pg_logical_emit_message(false, 'filler', '')", "SELECT pg_switch_wal()");
        }
        streams.execute("CHECKPOINT");
    }

    private SetupException refused(RealtimeBuilder builder) throws Exception {
        SetupException error = catchThrowableOfType(SetupException.class, () -> streams.start(builder));
        assertThat(error).as("refusal").isNotNull();
        return error;
    }
}
