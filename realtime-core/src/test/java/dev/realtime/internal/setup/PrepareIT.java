package dev.realtime.internal.setup;

import static dev.realtime.internal.setup.Bed.full;
import static dev.realtime.internal.setup.Bed.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.error.ConnectException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SlotPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a plan is run: by whom, beside whom, and what is left behind where it cannot be. */
@Timeout(60)
class PrepareIT {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final WantedTable USER = table("users", "id", "name");

    private Bed bed;

    @BeforeEach
    void makeATable() throws SQLException {
        bed = Bed.make();
        bed.asOwner("CREATE TABLE users (id int PRIMARY KEY, name text)");
    }

    @AfterEach
    void tidyUp() {
        bed.close();
    }

    @Test
    void a_role_that_does_not_own_the_table_is_told_what_its_owner_must_run() throws SQLException {
        ServerSetup setup = new ServerSetup(bed.request(SlotPolicy.CREATE, full(USER)));

        SetupException error = catchThrowableOfType(SetupException.class, () -> bed.prepare(bed.replicator, setup));

        assertThat(error.problem()).isEqualTo(SetupProblem.PUBLICATION_PRIVILEGE);
        assertThat(error.remedy())
                .containsExactly(
                        "ALTER TABLE \"public\".\"users\" REPLICA IDENTITY FULL;",
                        bed.filled("CREATE PUBLICATION $pub FOR TABLE \"public\".\"users\";"),
                        bed.filled("SELECT pg_catalog.pg_create_logical_replication_slot('$slot', 'pgoutput');"));
        bed.asOwner(error.remedy().subList(0, 2).toArray(String[]::new));
        assertThat(bed.prepare(bed.replicator, setup).isComplete()).isTrue();
    }

    @Test
    void only_who_created_the_slot_knows_that_nothing_was_streamed_from_it() throws SQLException {
        ServerSetup first = bed.setup(USER);
        ServerSetup second = bed.setup(USER);
        assertThat(first.hasCreatedSlot()).isFalse();

        bed.prepare(bed.owner, first);
        bed.prepare(bed.owner, second);

        assertThat(first.hasCreatedSlot()).isTrue();
        assertThat(second.hasCreatedSlot()).isFalse();
        bed.prepare(bed.owner, first);
        assertThat(first.hasCreatedSlot()).as("a second time").isFalse();
    }

    @Test
    void a_role_without_replication_leaves_no_publication_behind_that_would_hide_the_first_start() throws SQLException {
        bed.asSuperuser("ALTER ROLE " + bed.owner + " NOREPLICATION");

        SetupException error =
                catchThrowableOfType(SetupException.class, () -> bed.prepare(bed.owner, bed.setup(USER)));

        assertThat(error.problem()).isEqualTo(SetupProblem.REPLICATION_PRIVILEGE);
        assertThat(error.remedy()).containsExactly("ALTER ROLE \"" + bed.owner + "\" REPLICATION;");
        assertThat(publications()).isEqualTo("0");
        bed.asSuperuser(error.remedy().toArray(String[]::new));
        assertThat(bed.prepare(bed.owner, bed.setup(USER)).isComplete()).isTrue();
    }

    @Test
    void an_owner_without_replication_can_set_up_all_but_the_slot() throws SQLException {
        bed.asSuperuser("ALTER ROLE " + bed.owner + " NOREPLICATION");
        ServerSetup withoutSlot = new ServerSetup(new SetupRequest(bed.publication, List.of(full(USER)), null, null));

        assertThat(bed.prepare(bed.owner, withoutSlot).isComplete()).isTrue();
        assertThat(bed.survey(bed.owner, withoutSlot).plan().isEmpty()).isTrue();
        assertThat(publications()).isEqualTo("1");
    }

    @Test
    void validating_changes_nothing_and_prints_the_plan() throws SQLException {
        try (Connection connection = bed.database.connect(bed.owner)) {
            SetupException error = catchThrowableOfType(
                    SetupException.class,
                    () -> bed.setup(USER).prepare(connection, SetupMode.VALIDATE, Bed.LONG_ENOUGH));

            assertThat(error.problem()).isEqualTo(SetupProblem.PUBLICATION_MISSING);
            assertThat(error.remedy()).hasSize(2).allMatch(line -> line.endsWith(";"));
            assertThat(error.getMessage()).contains(error.remedy());
            assertThat(publications()).isEqualTo("0");
        }
    }

    @Test
    void a_slot_that_waits_for_an_open_writer_is_given_up_in_time_and_names_it() throws SQLException {
        bed.asSuperuser("GRANT pg_read_all_stats TO " + bed.owner);
        try (Connection writer = open("INSERT INTO users VALUES (1, 'x')", "night batch")) {
            long before = System.nanoTime();
            SetupException error =
                    catchThrowableOfType(SetupException.class, () -> bed.prepare(bed.owner, bed.setup(USER), SHORT));

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(SHORT, SHORT.plusSeconds(10));
            assertThat(error.problem()).isEqualTo(SetupProblem.SLOT_CREATION_BLOCKED);
            assertThat(error.getMessage())
                    .contains("pid " + pid(writer), "night batch", "role postgres", "transaction open for");
            assertThat(bed.database.value(
                            bed.filled("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '$slot'")))
                    .isEqualTo("0");
            assertThat(publications()).isEqualTo("0");
            writer.rollback();
        }
        assertThat(bed.prepare(bed.owner, bed.setup(USER)).isComplete()).isTrue();
    }

    @Test
    void a_role_without_statistics_still_learns_the_pids_it_waits_for_and_the_prepared_transactions()
            throws SQLException {
        bed.asSuperuser("BEGIN", "INSERT INTO users VALUES (2, 'y')", "PREPARE TRANSACTION 'two; \"phases\"'");
        try (Connection writer = open("INSERT INTO users VALUES (1, 'x')", "night batch");
                Connection control = bed.database.connect(bed.owner)) {
            SetupException error = ServerSetup.slotCreationBlocked(control, bed.slot, null);

            assertThat(error.getMessage())
                    .contains("pid " + pid(writer), "role postgres", "prepared transaction 'two; \"phases\"'");
        }
    }

    @Test
    void adding_a_table_waits_for_its_writers_so_that_none_of_their_rows_is_left_out() throws Exception {
        bed.prepare(bed.owner, bed.setup(USER));
        bed.asOwner("CREATE TABLE pets (id int PRIMARY KEY)");
        ServerSetup both = bed.setup(USER, table("pets", "id"));

        try (Connection writer = open("INSERT INTO pets VALUES (1)", "night batch")) {
            SetupException error =
                    catchThrowableOfType(SetupException.class, () -> bed.prepare(bed.owner, both, SHORT));
            assertThat(error.problem()).isEqualTo(SetupProblem.TABLE_LOCKED);
            assertThat(error.getMessage()).contains("pid " + pid(writer), "\"public\".\"pets\"");
            assertThat(error.remedy()).contains("LOCK TABLE \"public\".\"pets\" IN SHARE MODE;");

            writer.commit();
        }
        assertThat(bed.prepare(bed.owner, both).isComplete()).isTrue();
    }

    @Test
    void instances_that_start_at_once_wait_for_each_other_and_all_find_the_server_ready() throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(6);
        try {
            List<Future<Survey>> starts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                starts.add(instances.submit(() -> bed.prepare(bed.owner, bed.setup(USER))));
            }
            for (Future<Survey> start : starts) {
                assertThat(start.get().isComplete()).isTrue();
            }
        } finally {
            instances.shutdownNow();
        }
    }

    @Test
    void an_instance_that_comes_while_the_slot_is_being_created_waits_until_it_is() throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(2);
        try (Connection writer = open("INSERT INTO users VALUES (1, 'x')", "night batch")) {
            Future<Survey> first = instances.submit(() -> bed.prepare(bed.owner, bed.setup(USER)));
            bed.awaitWaiters(1);
            Future<Survey> second = instances.submit(() -> bed.prepare(bed.replicator, bed.setup(USER)));
            bed.awaitWaiters(2);
            writer.rollback();
            assertThat(first.get().slot()).extracting(SlotState::active).isEqualTo(false);
            assertThat(second.get().slot()).extracting(SlotState::active).isEqualTo(false);
        } finally {
            instances.shutdownNow();
        }
    }

    @Test
    void a_publication_that_somebody_else_creates_meanwhile_is_found_in_the_next_round() throws Exception {
        // Holds the new publication's name without committing it: the plan's CREATE waits, then fails as a duplicate.
        ExecutorService starter = Executors.newSingleThreadExecutor();
        try (Connection other = bed.database.connect(bed.owner);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(bed.filled("CREATE PUBLICATION $pub FOR TABLE users"));
            ServerSetup setup = new ServerSetup(bed.request(SlotPolicy.CREATE, USER));
            Future<Survey> start = starter.submit(() -> bed.prepare(bed.owner, setup));
            bed.awaitWaiters(1);
            other.commit();
            assertThat(start.get().isComplete()).isTrue();
        } finally {
            starter.shutdownNow();
        }
    }

    @Test
    void a_connection_that_breaks_between_publication_and_slot_does_not_make_the_next_try_take_the_slot_for_lost()
            throws Exception {
        ServerSetup setup = bed.setup(USER);
        ExecutorService starter = Executors.newSingleThreadExecutor();
        try (Connection writer = open("INSERT INTO users VALUES (1, 'x')", "night batch")) {
            Future<Survey> start = starter.submit(() -> bed.prepare(bed.owner, setup));
            bed.awaitWaiters(1);
            bed.asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                    + " datname = current_database()");
            assertThatThrownBy(start::get).hasCauseInstanceOf(ConnectException.class);
            writer.rollback();
        } finally {
            starter.shutdownNow();
        }
        assertThat(publications()).isEqualTo("1");
        assertThat(bed.prepare(bed.owner, setup).isComplete()).isTrue();
    }

    @Test
    void a_hostile_role_gets_the_same_plan_and_the_same_result() throws SQLException {
        bed.asOwner(
                "CREATE SCHEMA evil",
                "CREATE TABLE evil.pg_class (oid int)",
                "CREATE TABLE evil.pg_publication (oid int)",
                "CREATE FUNCTION evil.never(name, name) RETURNS bool LANGUAGE sql AS 'SELECT false'",
                "CREATE OPERATOR evil.= (FUNCTION = evil.never, LEFTARG = name, RIGHTARG = name)");
        for (String setting : List.of(
                "search_path = evil, pg_catalog, public",
                "standard_conforming_strings = off",
                "default_transaction_read_only = on",
                "default_transaction_isolation = serializable",
                "DateStyle = 'SQL, DMY'",
                "IntervalStyle = sql_standard",
                "extra_float_digits = -15",
                "bytea_output = escape",
                "TimeZone = 'Asia/Kathmandu'",
                "quote_all_identifiers = on")) {
            bed.asSuperuser("ALTER ROLE " + bed.owner + " SET " + setting);
        }

        ServerSetup setup = bed.setup(full(USER));
        assertThat(bed.survey(bed.owner, setup).plan())
                .isEqualTo(bed.survey("postgres", setup).plan());
        assertThat(bed.prepare(bed.owner, setup).isComplete()).isTrue();
        assertThat(bed.survey(bed.owner, setup).plan().isEmpty()).isTrue();
    }

    @Test
    void the_connection_is_handed_back_as_it_was() throws SQLException {
        try (Connection connection = bed.database.connect(bed.owner);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET search_path = public");
            connection.commit();
            bed.setup(USER).prepare(connection, SetupMode.APPLY, Bed.LONG_ENOUGH);
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(shown(statement, "search_path")).isEqualTo("public");
            assertThat(shown(statement, "lock_timeout")).isEqualTo("0");
            assertThat(shown(statement, "transaction_read_only")).isEqualTo("off");
        }
    }

    private static String shown(Statement statement, String setting) throws SQLException {
        try (var row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection open(String sql, String application) throws SQLException {
        Connection writer = bed.database.connect();
        writer.setClientInfo("ApplicationName", application);
        writer.setAutoCommit(false);
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
        return writer;
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    }

    private String publications() throws SQLException {
        return String.valueOf(bed.database.value("SELECT count(*) FROM pg_publication"));
    }
}
