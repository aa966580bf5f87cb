package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realtime.RealtimeStatus.State;
import dev.realtime.connection.Coordinates;
import dev.realtime.event.Gap;
import dev.realtime.event.Gap.Reason;
import dev.realtime.event.GapPolicy;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.StopMode;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Journal;
import dev.realtime.support.PlainMapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind the same address another server answers than before: that is told before anything it sends. */
class LostServerIT {

    @TempDir
    private Path directory;

    private final Journal journal = new Journal();
    private final List<Stored> stored = new CopyOnWriteArrayList<>();
    private PostgresServer server;
    private PostgresServer other;
    private Realtime realtime;

    /** An insert that the subscription with a stored position was given. */
    private record Stored(int code, String eventId) {}

    /** Where the stream connects next. */
    private volatile String url;

    @BeforeEach
    void stream() throws Exception {
        server = start("first");
        execute(server, "CREATE TABLE item " + Item.COLUMNS);
        url = server.url("postgres");
        realtime = begin(GapPolicy.RECREATE_AND_REPORT);
        execute(server, "INSERT INTO item VALUES (1, 1)");
        journal.await("Started", "1");
        awaitConfirmed();
    }

    @AfterEach
    void close() {
        realtime.close();
        server.close();
        if (other != null) {
            other.close();
        }
    }

    @Test
    void another_system_is_told() throws Exception {
        other = start("other");
        execute(
                other,
                "CREATE TABLE item " + Item.COLUMNS,
                "CREATE PUBLICATION shop FOR TABLE item",
                "SELECT pg_create_logical_replication_slot('shop', 'pgoutput')",
                "INSERT INTO item VALUES (3, 3)");

        switchToOther();

        awaitTold(Reason.OTHER_SERVER);
    }

    @Test
    void a_server_that_went_back_to_a_backup_is_told() throws Exception {
        backUp();
        execute(server, "SELECT pg_logical_emit_message(false, 'filler', repeat('x', 1000000))");
        execute(server, "INSERT INTO item VALUES (2, 2)");
        journal.await("Started", "1", "2");
        other = start("other");
        execute(other, "INSERT INTO item VALUES (3, 3)");

        switchToOther();

        awaitTold(Reason.REWOUND);
    }

    @Test
    void a_server_that_went_back_to_a_backup_and_on_from_there_is_told() throws Exception {
        backUp();
        execute(server, "INSERT INTO item VALUES (2, 2)");
        journal.await("Started", "1", "2");
        recover();
        execute(
                other,
                "SELECT pg_logical_emit_message(false, 'filler', repeat('x', 1000000))",
                "INSERT INTO item VALUES (3, 3)");

        switchToOther();

        awaitTold(Reason.REWOUND);
    }

    @Test
    void a_promoted_standby_that_has_no_slot_is_told() throws Exception {
        backUp();
        FileUtils.deleteDirectory(directory.resolve("other/pg_replslot/shop").toFile());
        recover();
        execute(other, "INSERT INTO item VALUES (3, 3)");

        switchToOther();

        Eventually.equal(
                "SLOT_MISSING",
                () -> journal.entries().size() < 3 ? "" : journal.entries().get(2));
        assertThat(journal.entries()).doesNotContain("3");
    }

    @Test
    void a_promoted_standby_whose_slot_was_given_up_for_a_conflict_is_told() throws Exception {
        assumeTrue(server.majorVersion() >= 16, "Standbys keep logical slots from PostgreSQL 16 on");
        backUp();
        Files.createFile(directory.resolve("other/standby.signal"));
        other = PostgresServer.builder()
                .dataDirectory(directory.resolve("other"))
                .setting(
                        "primary_conninfo",
                        "host=localhost port=" + server.port() + " user=" + PostgresServer.SUPERUSER)
                .setting("hot_standby_feedback", "off")
                .start();
        String invalid = server.majorVersion() >= 17 ? "invalidation_reason IS NOT NULL" : "conflicting";
        Eventually.equal("t", () -> {
            // The standby's slot may need what the primary, whose own slot went on, cleans up.
            execute(
                    server,
                    "CREATE TABLE passing ()",
                    "DROP TABLE passing",
                    "CHECKPOINT",
                    "VACUUM pg_catalog.pg_class");
            return value(other, "SELECT " + invalid + " FROM pg_replication_slots WHERE slot_name = 'shop'");
        });
        server.stop(StopMode.FAST);
        execute(other, "SELECT pg_promote()", "INSERT INTO item VALUES (3, 3)");

        url = other.url("postgres");

        journal.await("Started", "1", "SLOT_LOST", "Started");
        assertThat(realtime.status().gap().description()).contains("given up");
        execute(other, "INSERT INTO item VALUES (4, 4)");
        journal.await("Started", "1", "SLOT_LOST", "Started", "4");
    }

    @Test
    void a_server_that_went_back_in_time_can_be_accepted_and_no_event_id_comes_again_for_another_change()
            throws Exception {
        realtime.close();
        realtime = beginAccepting();
        backUp();
        execute(
                server,
                "SELECT pg_logical_emit_message(false, 'filler', repeat('x', 1000000))",
                "INSERT INTO item VALUES (2, 2)");
        Eventually.equal(List.of(2), this::codes);
        other = start("other");

        switchToOther();

        Eventually.equal(State.FAILED, () -> realtime.status().state());
        assertThat(journal.signals(Gap.class)).extracting(Gap::reason).containsExactly(Reason.REWOUND);
        realtime.close();
        realtime = beginAccepting();
        execute(other, "INSERT INTO item VALUES (2, 22)");
        Eventually.equal(List.of(2, 22), this::codes);
        realtime.close();
        realtime = beginAccepting();
        execute(other, "INSERT INTO item VALUES (3, 3)");
        Eventually.equal(List.of(2, 22, 3), this::codes);

        assertThat(realtime.status().gap()).isNull();
        String system = value(other, "SELECT system_identifier FROM pg_control_system()");
        assertThat(stored).extracting(Stored::eventId).doesNotHaveDuplicates();
        assertThat(stored.get(0).eventId()).startsWith(system + ":");
        assertThat(stored.subList(1, stored.size()))
                .allSatisfy(event -> assertThat(event.eventId()).startsWith(system + ".1:"));
    }

    /**
     * What has come; before 17 all but the first row: such a server writes down how far a slot is confirmed only where
     * something else of the slot has changed, so that its backup may send that row once more.
     */
    private List<Integer> codes() {
        return stored.stream()
                .map(Stored::code)
                .filter(code -> code != 1 || server.majorVersion() >= 17)
                .toList();
    }

    private Realtime beginAccepting() {
        return builder(GapPolicy.ACCEPT_REWIND)
                .offsets()
                .subscribe(
                        Item.class,
                        items -> items.named("stored")
                                .inserted(insert -> stored.add(new Stored(insert.after().code, insert.eventId()))))
                .start();
    }

    private void awaitTold(Reason reason) {
        Eventually.equal(State.FAILED, () -> realtime.status().state());
        assertThat(realtime.status().gap()).isNotNull();
        assertThat(realtime.status().gap().reason()).isEqualTo(reason);
        assertThat(journal.entries()).endsWith(reason.name()).doesNotContain("3");
    }

    /** A copy of the server as it is. */
    private void backUp() throws Exception {
        server.stop(StopMode.FAST);
        Path copy = directory.resolve("other");
        FileUtils.copyDirectory(directory.resolve("first").toFile(), copy.toFile());
        // The server does not start on a directory that others can read.
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
        server.start();
        Eventually.equal(State.STREAMING, () -> realtime.status().state());
    }

    /** Starts the copy on a timeline of its own, as a restored backup or a promoted standby is. */
    private void recover() throws Exception {
        Files.createFile(directory.resolve("other/recovery.signal"));
        other = PostgresServer.builder()
                .setting("restore_command", "false")
                .dataDirectory(directory.resolve("other"))
                .start();
        Eventually.equal("f", () -> value(other, "SELECT pg_is_in_recovery()"));
    }

    private void switchToOther() {
        url = other.url("postgres");
        server.stop(StopMode.IMMEDIATE);
        server.close();
    }

    private PostgresServer start(String name) {
        return PostgresServer.builder().dataDirectory(directory.resolve(name)).start();
    }

    private Realtime begin(GapPolicy policy) {
        return builder(policy).on(Item.class, journal::event).start();
    }

    private RealtimeBuilder builder(GapPolicy policy) {
        return Realtime.register(Item.class)
                .from(PlainMapping.all(Item.mapping("public", "item")))
                .connectingTo(new Coordinates() {
                    @Override
                    public String url() {
                        return url;
                    }

                    @Override
                    public String user() {
                        return PostgresServer.SUPERUSER;
                    }

                    @Override
                    public String password() {
                        return null;
                    }
                })
                .slot("shop")
                .startTimeout(Duration.ofSeconds(30))
                .onSignal(journal::signal)
                .gaps(policy);
    }

    private void awaitConfirmed() throws Exception {
        String now = value(server, "SELECT pg_current_wal_flush_lsn()");
        Eventually.equal(
                "t",
                () -> value(
                        server,
                        "SELECT confirmed_flush_lsn >= '" + now
                                + "' FROM pg_replication_slots WHERE slot_name = 'shop'"));
    }

    private static void execute(PostgresServer on, String... statements) throws Exception {
        on.execute(statements);
    }

    private static String value(PostgresServer on, String sql) throws Exception {
        try (Connection connection = on.connect("postgres", PostgresServer.SUPERUSER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
