package dev.realtime;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.ConfigurationException;
import dev.realtime.error.FencedException;
import dev.realtime.error.GapException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.event.Gap;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.event.RowEvent;
import dev.realtime.store.ConnectionHandler;
import dev.realtime.store.DeadLetter;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Positions that the application's database holds: each subscription goes on at its own, and effects happen once. */
class OffsetStoreIT {

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();
    private final CountDownLatch never = new CountDownLatch(1);

    @BeforeEach
    void tables() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS, "CREATE TABLE effect (id bigint, event text)");
    }

    private PGSimpleDataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(streams.database().url());
        dataSource.setUser("postgres");
        return dataSource;
    }

    private static void effect(RealtimeEvent<Item> event, Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO effect VALUES (?, ?)")) {
            insert.setObject(1, event.id());
            insert.setString(2, event.eventId());
            insert.executeUpdate();
        }
    }

    /** A stream whose handler writes an effect of each event. */
    private RealtimeBuilder writing(ConnectionHandler<RealtimeEvent<Item>> then) {
        return streams.items()
                .stopTimeout(ofMillis(300))
                .subscribe(
                        Item.class,
                        s -> s.named("writer")
                                .retrying(Retry.exponential(ofMillis(10), ofMillis(50)))
                                .transactional(dataSource(), (event, connection) -> {
                                    effect(event, connection);
                                    then.handle(event, connection);
                                }));
    }

    private RealtimeBuilder writing() {
        return writing((event, connection) -> received.handle(event));
    }

    /** It holds the slot, so that everything comes again. */
    private RealtimeBuilder stuck(RealtimeBuilder builder) {
        return builder.subscribe(Item.class, s -> s.named("stuck").each(event -> never.await()));
    }

    private void insert(int... ids) throws Exception {
        for (int id : ids) {
            streams.execute("INSERT INTO item VALUES (" + id + ", " + id + ")");
        }
    }

    private String effects() throws Exception {
        return streams.database().value("SELECT string_agg(id::text, ' ' ORDER BY id) FROM effect");
    }

    private String isSlotActive() throws Exception {
        return streams.database()
                .value("SELECT active FROM pg_replication_slots WHERE slot_name = '" + streams.slot() + "'");
    }

    private static RealtimeStatus.Subscription of(Realtime realtime, String name) {
        return realtime.status().subscriptions().stream()
                .filter(subscription -> subscription.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertStops(Realtime realtime, String name, Class<? extends Throwable> why) {
        Eventually.equal(
                RealtimeStatus.SubscriptionState.STOPPED,
                () -> of(realtime, name).state());
        assertThat(of(realtime, name).lastError()).isInstanceOf(why).hasMessageContaining(name);
    }

    @Test
    void effects_and_position_are_committed_together() throws Exception {
        streams.start(writing());

        insert(1, 2);

        received.next();
        RealtimeEvent<Item> second = received.next();
        Eventually.equal("1 2", this::effects);
        assertThat(streams.database().value("SELECT commit_lsn || ':' || ordinal FROM realtime_offset"))
                .isEqualTo(second.position().toString());
    }

    @Test
    void what_comes_again_is_passed_over_by_the_stored_position() throws Exception {
        try (Realtime first = stuck(writing()).start()) {
            insert(1, 2, 3);
            received.next(3);
            Eventually.equal("1 2 3", this::effects);
            Eventually.equal(3L, () -> of(first, "writer").handled());
        }

        Realtime second = streams.start(stuck(writing()));
        insert(4);

        assertThat(received.next().id()).isEqualTo(4L);
        Eventually.equal("1 2 3 4", this::effects);
        assertThat(of(second, "writer").covered()).isEqualTo(3);
        assertThat(of(second, "writer").handled()).isEqualTo(1);
    }

    @Test
    void a_transaction_that_was_cut_leaves_neither_effect_nor_position() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        AtomicBoolean cut = new AtomicBoolean(true);
        ConnectionHandler<RealtimeEvent<Item>> handler = (event, connection) -> {
            if (event.id().equals(2L) && cut.get()) {
                written.countDown();
                never.await();
            }
            received.handle(event);
        };
        try (Realtime first = writing(handler).start()) {
            insert(1, 2, 3);
            assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(of(first, "writer").handled()).isEqualTo(1);
        }
        assertThat(effects()).isEqualTo("1");
        cut.set(false);

        streams.start(writing(handler));

        assertThat(received.next(3)).extracting(RealtimeEvent::id).containsExactly(1L, 2L, 3L);
        Eventually.equal("1 2 3", this::effects);
    }

    @Test
    void an_event_whose_commit_succeeded_without_an_answer_happens_once() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        streams.start(streams.items()
                .subscribe(
                        Item.class,
                        s -> s.named("own")
                                .retrying(Retry.exponential(ofMillis(10), ofMillis(50)))
                                .storing((event, offset) -> {
                                    try (Connection connection = dataSource().getConnection()) {
                                        connection.setAutoCommit(false);
                                        effect(event, connection);
                                        if (offset.store(connection)) {
                                            connection.commit();
                                        } else {
                                            connection.rollback();
                                        }
                                    }
                                    if (first.getAndSet(false)) {
                                        throw new SQLException("the answer got lost", "08006");
                                    }
                                    received.handle(event);
                                })));

        insert(1, 2);

        assertThat(received.next(2)).extracting(RealtimeEvent::id).containsExactly(1L, 2L);
        assertThat(effects()).isEqualTo("1 2");
    }

    @Test
    void a_stale_owner_is_fenced_and_its_effect_rolled_back() throws Exception {
        String role = streams.database().unique("old");
        streams.execute("CREATE ROLE " + role + " LOGIN SUPERUSER");
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Realtime old = writing((event, connection) -> {
                    atWork.countDown();
                    goOn.await();
                })
                .connectingTo(streams.database().url(), role, () -> null)
                .start();
        try {
            insert(1);
            assertThat(atWork.await(10, TimeUnit.SECONDS)).isTrue();
            streams.execute(
                    "ALTER ROLE " + role + " NOLOGIN",
                    "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
                            + streams.slot() + "'");

            streams.start(writing());
            assertThat(received.next().id()).isEqualTo(1L);
            Eventually.equal("1", this::effects);
            goOn.countDown();

            assertStops(old, "writer", FencedException.class);
            assertThat(effects()).isEqualTo("1");
        } finally {
            old.close();
            streams.execute("REASSIGN OWNED BY " + role + " TO postgres", "DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @Test
    void a_stored_row_that_is_deleted_stops_the_subscription() throws Exception {
        Realtime realtime = streams.start(writing());
        insert(1);
        received.next();
        Eventually.equal("1", this::effects);
        streams.execute("DELETE FROM realtime_offset");

        insert(2);

        assertStops(realtime, "writer", GapException.class);
        assertThat(effects()).isEqualTo("1");
        Eventually.equal("writer POSITION_LOST", () -> {
            Gap gap = realtime.status().gap();
            return gap == null ? "none" : gap.subscription() + " " + gap.reason();
        });
        assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.STREAMING);
    }

    @Test
    void a_stored_row_of_another_server_stops_the_subscription() throws Exception {
        Realtime realtime = streams.start(writing());
        streams.execute("UPDATE realtime_offset SET system_id = '1', commit_lsn = 'FFFFFFFF/0'");

        insert(1);

        assertStops(realtime, "writer", FencedException.class);
        assertThat(effects()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT pg_drop_replication_slot('$slot') | not on the server any more",
                "SELECT pg_drop_replication_slot('$slot'); DROP PUBLICATION \"$slot\" | not on the server any more",
                "INSERT INTO item VALUES (7, 7); SELECT pg_drop_replication_slot('$slot');"
                        + " SELECT pg_create_logical_replication_slot('$slot', 'pgoutput') | created it anew",
                "INSERT INTO item VALUES (7, 7);"
                        + " SELECT pg_replication_slot_advance('$slot', pg_current_wal_lsn()) | something else moved",
                "UPDATE realtime_offset SET commit_lsn = 'FFFFFFFF/0' | went back in time",
                "UPDATE realtime_offset_covered SET covered = 'FFFFFFFF/0' | went back in time",
                "UPDATE realtime_offset_covered SET timeline = 99 | timeline",
                "UPDATE realtime_offset_covered SET system_id = '1' | is another one",
            })
    void what_does_not_fit_what_is_stored_is_a_gap(String meanwhile, String said) throws Exception {
        try (Realtime first = writing().start()) {
            insert(1);
            received.next();
            Eventually.equal("1", this::effects);
            assertThat(first.status().state()).isEqualTo(RealtimeStatus.State.STREAMING);
        }
        Eventually.equal("f", this::isSlotActive); // the server ends its side a moment after we have left
        streams.execute(meanwhile.replace("$slot", streams.slot()).split(";"));
        String before = streams.database()
                .value("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + streams.slot() + "'");

        assertThatThrownBy(() -> streams.start(writing()))
                .isInstanceOf(GapException.class)
                .hasMessageContaining(said)
                .hasMessageContaining(streams.slot());

        assertThat(received.waiting()).isZero();
        assertThat(streams.database()
                        .value("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + streams.slot() + "'"))
                .as("nothing is created")
                .isEqualTo(before);
    }

    @Test
    void each_named_subscription_goes_on_at_its_own_place() throws Exception {
        RealtimeBuilder builder = stuck(streams.items().offsets().stopTimeout(ofMillis(300)))
                .subscribe(Item.class, s -> s.named("fast").each(received));
        try (Realtime first = builder.start()) {
            insert(1, 2);
            received.next(2);
            Eventually.equal(2L, () -> of(first, "fast").handled());
        }

        Realtime second = streams.start(builder);
        insert(3);

        assertThat(received.next().id()).isEqualTo(3L);
        assertThat(of(second, "fast").covered()).isEqualTo(2);
    }

    @Test
    void a_named_subscription_to_transactions_goes_on_at_its_own_place() throws Exception {
        Queue<Object> ids = new ConcurrentLinkedQueue<>();
        RealtimeBuilder builder = stuck(streams.items().offsets().stopTimeout(ofMillis(300)))
                .subscribeTransactions(s -> s.named("whole")
                        .each(chunk -> chunk.events().forEach(event -> ids.add(((RowEvent<?>) event).id()))));
        try (Realtime first = builder.start()) {
            streams.execute("INSERT INTO item VALUES (1, 1), (2, 2)");
            insert(3);
            Eventually.equal(3L, () -> of(first, "whole").handled());
        }

        Realtime second = streams.start(builder);
        insert(4);

        Eventually.equal(1L, () -> of(second, "whole").handled());
        assertThat(ids).containsExactly(1L, 2L, 3L, 4L);
        assertThat(of(second, "whole").covered()).isEqualTo(3);
    }

    @Test
    void a_row_that_a_frozen_owner_holds_is_waited_for() throws Exception {
        Realtime old = writing((event, connection) -> received.handle(event)).start();
        insert(1);
        received.next();
        Eventually.equal("1", this::effects);
        Realtime next = streams.start(writing().standby());
        try (Connection frozen = dataSource().getConnection()) {
            frozen.setAutoCommit(false);
            try (PreparedStatement update = frozen.prepareStatement("UPDATE realtime_offset SET ordinal = ordinal")) {
                update.executeUpdate();
            }
            old.close();

            Eventually.equal(
                    SetupProblem.POSITIONS_LOCKED,
                    () -> next.status().lastError() instanceof SetupException setup ? setup.problem() : null);
            assertThat(next.status().state()).isEqualTo(RealtimeStatus.State.STANDBY);
            assertThat(next.status().lastError())
                    .hasMessageContaining(
                            "process " + frozen.unwrap(PGConnection.class).getBackendPID())
                    .hasMessageContaining("idle_in_transaction_session_timeout");
            frozen.rollback();
        }

        Eventually.equal(RealtimeStatus.State.STREAMING, () -> next.status().state());
        insert(2);
        assertThat(received.next().id()).isEqualTo(2L);
        Eventually.equal("1 2", this::effects);
    }

    @Test
    void a_subscription_that_was_away_while_the_slot_moved_stops_alone() throws Exception {
        try (Realtime both = streams.items()
                .offsets()
                .subscribe(Item.class, s -> s.named("a").each(received))
                .subscribe(Item.class, s -> s.named("b").each(event -> {}))
                .start()) {
            insert(1);
            received.next();
            Eventually.equal(1L, () -> of(both, "b").handled());
        }
        RealtimeBuilder alone = streams.items()
                .offsets()
                .subscribe(Item.class, s -> s.named("a").each(received));
        try (Realtime one = alone.start()) {
            insert(2);
            received.next();
            Eventually.equal(1L, () -> of(one, "a").handled());
        }

        Received<Item> back = new Received<>();
        Realtime realtime =
                streams.start(alone.subscribe(Item.class, s -> s.named("b").each(back)));

        assertStops(realtime, "b", GapException.class);
        insert(3);
        assertThat(received.next().id()).isEqualTo(3L);
        assertThat(back.waiting()).isZero();
        realtime.resume("b");
        assertThat(back.next().id()).as("the gap is accepted").isEqualTo(3L);
    }

    @Test
    void what_is_confirmed_was_recorded_before() throws Exception {
        Realtime realtime = streams.start(writing());
        for (int i = 1; i <= 20; i++) {
            insert(i);
            received.next();
            assertThat(streams.database()
                            .value("SELECT c.covered >= s.confirmed_flush_lsn FROM pg_replication_slots s"
                                    + " JOIN realtime_offset_covered c ON c.slot = s.slot_name AND c.name = ''"))
                    .isEqualTo("t");
        }
        String end = streams.database().value("SELECT commit_lsn FROM realtime_offset");
        Eventually.equal(
                true,
                () -> realtime.status().confirmed().toString().compareTo("0/0") > 0
                        && "t"
                                .equals(streams.database()
                                        .value("SELECT confirmed_flush_lsn > '" + end
                                                + "' FROM pg_replication_slots WHERE slot_name = '" + streams.slot()
                                                + "'")));
    }

    @Test
    void what_was_put_aside_is_replayed_behind_the_position() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        Realtime realtime = streams.start(streams.items()
                .stopTimeout(ofSeconds(1))
                .subscribe(
                        Item.class,
                        s -> s.named("writer")
                                .retrying(Retry.never().thenPark())
                                .transactional(dataSource(), (event, connection) -> {
                                    effect(event, connection);
                                    if (event.id().equals(2L) && !well.get()) {
                                        throw new IllegalStateException("planned");
                                    }
                                    received.handle(event);
                                })));
        insert(1, 2, 3);
        received.next(2);
        Eventually.equal("1 3", this::effects);
        String position = streams.database().value("SELECT commit_lsn FROM realtime_offset");
        DeadLetter letter = realtime.deadLetters().list(1).get(0);
        well.set(true);

        assertThat(realtime.deadLetters().replay(letter)).isTrue();

        assertThat(effects()).isEqualTo("1 2 3");
        assertThat(streams.database().value("SELECT commit_lsn FROM realtime_offset"))
                .isEqualTo(position);
    }

    @Test
    void a_subscription_that_will_not_come_back_is_forgotten() throws Exception {
        try (Realtime first = writing().start()) {
            assertThatThrownBy(() -> first.forget("writer")).isInstanceOf(ConfigurationException.class);
        }
        Realtime second = streams.start(streams.items()
                .offsets()
                .subscribe(Item.class, s -> s.named("other").each(received)));

        assertThat(second.forget("writer")).isTrue();
        assertThat(second.forget("writer")).isFalse();
        assertThat(streams.database().value("SELECT string_agg(name, ' ') FROM realtime_offset"))
                .isEqualTo("other");
    }

    @Test
    void a_subscription_that_stores_its_place_needs_a_name() {
        assertThatThrownBy(() -> streams.items()
                        .subscribe(Item.class, s -> s.transactional(dataSource(), OffsetStoreIT::effect))
                        .start())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("named");
    }
}
