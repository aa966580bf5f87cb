package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realtime.RealtimeStatus.State;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.StopMode;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Journal;
import dev.realtime.support.PlainMapping;
import dev.realtime.support.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary dies while it is written to, its standby is promoted, and the stream goes on there with nothing lost. */
@Tag("long")
class FailoverIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final Journal journal = new Journal();
    private PostgresServer primary;
    private PostgresServer standby;
    private Realtime realtime;

    @BeforeEach
    void servers() throws Exception {
        primary = PostgresServer.builder()
                .dataDirectory(directory.resolve("primary"))
                .start();
        assumeTrue(primary.majorVersion() >= 17, "Standbys keep slots from PostgreSQL 17 on");
        primary.execute(
                "CREATE TABLE item " + Item.COLUMNS,
                "SELECT pg_create_physical_replication_slot('standby_1')",
                "ALTER SYSTEM SET synchronized_standby_slots = 'standby_1'");
        primary.stop(StopMode.FAST);
        Path copy = directory.resolve("standby");
        FileUtils.copyDirectory(directory.resolve("primary").toFile(), copy.toFile());
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
        FileUtils.deleteDirectory(copy.resolve("pg_replslot/standby_1").toFile());
        Files.delete(copy.resolve("postgresql.auto.conf"));
        Files.createFile(copy.resolve("postgresql.auto.conf"));
        Files.createFile(copy.resolve("standby.signal"));
        primary.start();
        standby = PostgresServer.builder()
                .dataDirectory(copy)
                .setting(
                        "primary_conninfo",
                        "host=localhost port=" + primary.port() + " user=" + PostgresServer.SUPERUSER
                                + " dbname=postgres")
                .setting("primary_slot_name", "standby_1")
                .setting("hot_standby_feedback", "on")
                .setting("sync_replication_slots", "on")
                .start();
    }

    @AfterEach
    void close() {
        if (realtime != null) {
            realtime.close();
        }
        if (standby != null) {
            standby.close();
        }
        primary.close();
    }

    @Test
    void nothing_is_lost_when_the_standby_takes_over() throws Exception {
        begin(items().failover());
        Eventually.equal(
                new RealtimeStatus.Failover(true, List.of()),
                () -> realtime.status().failover());

        long recovery = failOverUnderWrites();

        System.out.printf(
                "PostgreSQL %d, failover: streaming again %d ms after the promotion was asked for%n",
                standby.majorVersion(), recovery);
        assertThat(realtime.status().gap()).isNull();
    }

    @Test
    void a_slot_that_was_there_before_is_kept_by_the_standby_too() throws Exception {
        begin(items());
        realtime.close();
        assertThat(value(primary, "SELECT failover FROM pg_replication_slots WHERE slot_name = 'shop'"))
                .isEqualTo("f");

        begin(items().failover());

        assertThat(value(primary, "SELECT failover FROM pg_replication_slots WHERE slot_name = 'shop'"))
                .isEqualTo("t");
        failOverUnderWrites();
    }

    @Test
    void after_the_standby_took_over_a_restart_goes_on_from_the_stored_positions() throws Exception {
        begin(storing());
        failOverUnderWrites();
        realtime.close();
        standby.execute("INSERT INTO item VALUES (1000002, 1)");

        begin(storing());

        awaitHandled("1000002");
        assertEachRowOnceAndInOrder();
        assertThat(realtime.status().gap()).isNull();
    }

    @Test
    void an_application_that_was_away_while_the_standby_took_over_goes_on_from_the_stored_positions() throws Exception {
        begin(storing());
        primary.execute("INSERT INTO item SELECT n, 1 FROM generate_series(1, 100) n");
        awaitHandled("100");
        awaitSynchronized();
        realtime.close();
        primary.execute("INSERT INTO item VALUES (101, 1)");
        awaitReplayed();
        primary.stop(StopMode.IMMEDIATE);
        standby.execute("SELECT pg_promote()", "INSERT INTO item VALUES (102, 1)");

        begin(storing());

        awaitHandled("102");
        assertEachRowOnceAndInOrder();
        assertThat(realtime.status().gap()).isNull();
    }

    @Test
    void a_slot_that_the_standby_does_not_keep_is_told_as_lost() throws Exception {
        begin(items());
        awaitReplayed();

        primary.stop(StopMode.IMMEDIATE);
        standby.execute("SELECT pg_promote()");

        Eventually.equal(State.FAILED, () -> realtime.status().state());
        journal.await("Started", "SLOT_MISSING");
    }

    /** Returns how long it took from the promotion to the next session, in milliseconds. */
    private long failOverUnderWrites() throws Exception {
        AtomicBoolean goOn = new AtomicBoolean(true);
        Thread writer = new Thread(() -> writeUntilItBreaks(goOn), "writer");
        writer.start();
        Stage.await(PATIENCE).until(() -> journal.entries().size() > 200);
        awaitSynchronized();
        long sessions = realtime.status().sessions();
        primary.stop(StopMode.IMMEDIATE);
        goOn.set(false);
        writer.join();
        long promoted = System.nanoTime();
        standby.execute("SELECT pg_promote()");
        Stage.await(PATIENCE)
                .until(() -> realtime.status().sessions() > sessions
                        && realtime.status().state() == State.STREAMING);
        long recovery = Duration.ofNanos(System.nanoTime() - promoted).toMillis();
        standby.execute("INSERT INTO item VALUES (1000000, 1), (1000001, 1)");

        awaitHandled("1000001");
        assertEachRowOnceAndInOrder();
        return recovery;
    }

    private void awaitHandled(String id) {
        Stage.await(PATIENCE).untilAsserted(() -> assertThat(journal.entries()).contains(id));
    }

    private void assertEachRowOnceAndInOrder() throws Exception {
        List<String> expected = new ArrayList<>();
        try (Connection connection = standby.connect("postgres", PostgresServer.SUPERUSER);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM item ORDER BY id")) {
            while (rows.next()) {
                expected.add(rows.getString(1));
            }
        }
        assertThat(journal.entries().stream().filter(told -> !told.equals("Started")))
                .as("every row that outlived the primary, once and in order, and no other")
                .containsExactlyElementsOf(expected);
    }

    private void writeUntilItBreaks(AtomicBoolean goOn) {
        try (Connection connection = primary.connect("postgres", PostgresServer.SUPERUSER);
                Statement statement = connection.createStatement()) {
            for (int id = 1; goOn.get(); id++) {
                statement.execute("INSERT INTO item VALUES (" + id + ", 1)");
            }
        } catch (SQLException e) {
            goOn.set(false); // the primary has died, as it was to
        }
    }

    /** The standby keeps the slot for good once the primary's has come past where its own copy began: with a snapshot. */
    private void awaitSynchronized() {
        Stage.await(PATIENCE).untilAsserted(() -> {
            primary.execute("SELECT pg_log_standby_snapshot()");
            assertThat(value(
                            standby,
                            "SELECT synced AND NOT temporary FROM pg_replication_slots WHERE slot_name = 'shop'"))
                    .isEqualTo("t");
        });
    }

    private void awaitReplayed() throws Exception {
        String now = value(primary, "SELECT pg_current_wal_flush_lsn()");
        Eventually.equal("t", () -> value(standby, "SELECT pg_last_wal_replay_lsn() >= '" + now + "'"));
    }

    private void begin(RealtimeBuilder builder) {
        realtime = builder.start();
    }

    private RealtimeBuilder items() {
        return stream().on(Item.class, journal::event);
    }

    private RealtimeBuilder storing() {
        return stream()
                .failover()
                .offsets()
                .subscribe(Item.class, items -> items.named("stored").each(journal::event));
    }

    private RealtimeBuilder stream() {
        return Realtime.register(Item.class)
                .from(PlainMapping.all(Item.mapping("public", "item")))
                .connectingTo(
                        "jdbc:postgresql://localhost:" + primary.port() + ",localhost:" + standby.port() + "/postgres",
                        PostgresServer.SUPERUSER,
                        () -> null)
                .slot("shop")
                .startTimeout(PATIENCE)
                .onSignal(journal::signal);
    }

    private static String value(PostgresServer on, String sql) throws Exception {
        try (Connection connection = on.connect("postgres", PostgresServer.SUPERUSER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
