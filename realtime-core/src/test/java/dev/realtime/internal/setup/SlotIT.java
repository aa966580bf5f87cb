package dev.realtime.internal.setup;

import static dev.realtime.internal.setup.Bed.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.StopMode;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.internal.connection.ConnectorSettings;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.internal.connection.SqlText;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SlotPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Slots in states that only other sessions, other databases or other settings bring about. */
@Timeout(60)
class SlotIT {

    private static final WantedTable USER = table("users", "id");
    private static final String USERS = "CREATE TABLE users (id int PRIMARY KEY)";

    @Test
    void a_slot_in_use_is_no_error_of_the_survey_and_names_its_owner() throws SQLException {
        try (Bed bed = Bed.make()) {
            bed.asOwner(USERS);
            ServerSetup setup = bed.setup(USER);
            assertThat(bed.prepare(bed.owner, setup).slot()).satisfies(slot -> {
                assertThat(slot.active()).isFalse();
                assertThat(slot.owner()).isNull();
                assertThat(slot.confirmedFlush()).isNotNull();
                assertThat(slot.restart()).isNotNull();
                assertThat(slot.walStatus()).isEqualTo("reserved");
                assertThat(slot.isLost()).isFalse();
            });
            PostgresConnector connector = new PostgresConnector(
                    Coordinates.of(bed.database.url(), bed.owner, () -> null), ConnectorSettings.of("the other one"));
            try (Connection stream = connector.connectReplication(Map.of())) {
                stream.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyDual("START_REPLICATION SLOT " + bed.slot
                                + " LOGICAL 0/0 (proto_version '1', publication_names "
                                + SqlText.identifierList(List.of(bed.publication)) + ")");
                SlotState slot = verify(bed, setup).slot();
                assertThat(slot).isNotNull();
                assertThat(slot.active()).isTrue();
                SetupException error = ServerSetup.slotInUse(slot, null);
                assertThat(error.problem()).isEqualTo(SetupProblem.SLOT_IN_USE);
                assertThat(error.getMessage())
                        .contains(
                                bed.slot,
                                "pid " + stream.unwrap(PGConnection.class).getBackendPID(),
                                bed.owner);
                stream.abort(Runnable::run);
            }
        }
    }

    @Test
    void a_slot_of_another_database_is_refused() throws SQLException {
        try (Bed bed = Bed.make();
                TestDatabase other = TestDatabase.on(bed.database.server())) {
            bed.asOwner(USERS);
            other.execute(bed.filled("SELECT pg_create_logical_replication_slot('$slot', 'pgoutput')"));

            SetupException error = refusal(bed);

            assertThat(error.problem()).isEqualTo(SetupProblem.SLOT_OTHER_DATABASE);
            assertThat(error.getMessage()).contains(bed.slot, other.name(), bed.database.name());
        }
    }

    @Test
    void a_temporary_slot_of_another_session_is_refused() throws SQLException {
        try (Bed bed = Bed.make();
                Connection session = bed.database.connect(bed.owner);
                Statement statement = session.createStatement()) {
            bed.asOwner(USERS);
            statement.execute(bed.filled("SELECT pg_create_logical_replication_slot('$slot', 'pgoutput', true)"));

            SetupException error = refusal(bed);

            assertThat(error.problem()).isEqualTo(SetupProblem.SLOT_OTHER_OPTIONS);
            assertThat(error.getMessage())
                    .contains(
                            "temporary",
                            "pid " + session.unwrap(PGConnection.class).getBackendPID());
        }
    }

    @Test
    void what_goes_missing_while_the_stream_is_away_is_found_before_it_starts_again() throws SQLException {
        try (Bed bed = Bed.make()) {
            bed.asOwner(USERS);
            ServerSetup setup = bed.setup(USER);
            bed.prepare(bed.owner, setup);
            assertThat(verify(bed, setup).isComplete()).isTrue();

            bed.asOwner("ALTER PUBLICATION $pub DROP TABLE users");
            assertThat(catchThrowableOfType(SetupException.class, () -> verify(bed, setup))
                            .problem())
                    .isEqualTo(SetupProblem.TABLE_NOT_PUBLISHED);
            bed.asOwner("ALTER PUBLICATION $pub ADD TABLE users", "SELECT pg_drop_replication_slot('$slot')");
            assertThat(catchThrowableOfType(SetupException.class, () -> verify(bed, setup))
                            .problem())
                    .isEqualTo(SetupProblem.SLOT_MISSING);
            try (Connection control = bed.database.connect(bed.replicator)) {
                assertThat(setup.slotState(control)).isEmpty();
            }
        }
    }

    @Test
    void a_publication_made_behind_its_slot_streams_after_the_remedy_and_with_the_gap_only() throws SQLException {
        try (Bed bed = Bed.make()) {
            bed.asOwner(USERS, "SELECT pg_create_logical_replication_slot('$slot', 'pgoutput')");
            bed.asOwner("INSERT INTO users VALUES (1)");

            SetupException error = refusal(bed);
            assertThat(error.problem()).isEqualTo(SetupProblem.PUBLICATION_MISSING);
            bed.asOwner(error.remedy().toArray(String[]::new));
            bed.asOwner("INSERT INTO users VALUES (2), (3)");

            String inserts =
                    "SELECT count(*) FROM pg_logical_slot_peek_binary_changes('$slot', NULL, NULL, 'proto_version',"
                            + " '1', 'publication_names', $list) WHERE get_byte(data, 0) = ascii('I')";
            String list = SqlText.identifierList(List.of(bed.publication));
            assertThat(bed.database.value(bed.filled(inserts).replace("$list", list)))
                    .isEqualTo("2");
        }
    }

    @Test
    void a_slot_whose_log_is_gone_is_lost_and_a_server_without_free_slots_says_so() throws SQLException {
        try (PostgresServer server = PostgresServer.builder()
                        .setting("max_replication_slots", "1")
                        .setting("max_slot_wal_keep_size", "16MB")
                        .setting("min_wal_size", "32MB")
                        .setting("max_wal_size", "32MB")
                        .start();
                Bed bed = Bed.on(server)) {
            bed.asOwner(USERS);
            ServerSetup setup = bed.setup(USER);
            bed.prepare(bed.owner, setup);
            for (int segment = 0; segment < 5; segment++) {
                bed.asSuperuser("INSERT INTO users VALUES (" + segment + ")", "SELECT pg_switch_wal()");
            }
            bed.asSuperuser("CHECKPOINT");

            SetupException lost = catchThrowableOfType(SetupException.class, () -> verify(bed, setup));
            assertThat(lost.problem()).isEqualTo(SetupProblem.SLOT_LOST);
            assertThat(lost.getMessage()).contains(bed.slot, bed.version() < 17 ? "log was removed" : "wal_removed");
            bed.asOwner(lost.remedy().toArray(String[]::new));
            assertThat(verify(bed, setup).isComplete()).isTrue();

            SetupRequest second = bed.request(SlotPolicy.CREATE, USER);
            SetupException full = catchThrowableOfType(
                    SetupException.class,
                    () -> bed.prepare(
                            bed.owner,
                            new ServerSetup(new SetupRequest(
                                    second.publication(),
                                    second.tables(),
                                    new WantedSlot("one_too_many", SlotPolicy.CREATE),
                                    null))));
            assertThat(full.problem()).isEqualTo(SetupProblem.LIMIT_REACHED);
            assertThat(full.getMessage()).contains("one_too_many", "max_replication_slots");
        }
    }

    @Test
    void a_server_that_does_not_log_for_replication_is_refused() throws SQLException {
        try (PostgresServer server =
                        PostgresServer.builder().setting("wal_level", "replica").start();
                Bed bed = Bed.on(server)) {
            bed.asOwner(USERS);

            SetupException error = refusal(bed);

            assertThat(error.problem()).isEqualTo(SetupProblem.WAL_LEVEL);
            assertThat(error.getMessage()).contains("wal_level is replica", "rds.logical_replication");
            assertThat(error.remedy()).contains("ALTER SYSTEM SET wal_level = 'logical';");
        }
    }

    @Test
    void on_a_standby_nothing_can_be_set_up(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        try (PostgresServer server =
                PostgresServer.builder().dataDirectory(data).start()) {
            try (Connection primary = server.connect("postgres", PostgresServer.SUPERUSER);
                    Statement statement = primary.createStatement()) {
                statement.execute(USERS);
            }
            server.stop(StopMode.FAST);
            Files.createFile(data.resolve("standby.signal"));
            server.start();
            ServerSetup setup = new ServerSetup(
                    new SetupRequest("pub", List.of(USER), new WantedSlot("slot", SlotPolicy.CREATE), null));
            try (Connection standby = server.connect("postgres", PostgresServer.SUPERUSER)) {
                SetupException error = catchThrowableOfType(
                        SetupException.class, () -> setup.prepare(standby, SetupMode.APPLY, Bed.LONG_ENOUGH));
                assertThat(error.getMessage()).contains("standby", "primary");
                assertThat(error.remedy()).hasSize(2);
            }
        }
    }

    private static SetupException refusal(Bed bed) {
        return catchThrowableOfType(SetupException.class, () -> bed.prepare(bed.owner, bed.setup(USER)));
    }

    private static Survey verify(Bed bed, ServerSetup setup) throws SQLException {
        try (Connection control = bed.database.connect(bed.replicator)) {
            return setup.verifyForStream(control);
        }
    }
}
