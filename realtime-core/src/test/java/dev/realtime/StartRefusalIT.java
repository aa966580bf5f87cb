package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.error.GapException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SlotPolicy;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Leftovers;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server lacks is told at start, once and with what mends it, and nothing is left of the attempt. */
class StartRefusalIT {

    private static final String ROW_VALUE = "a value that no message may show";
    private static final String PUBLISHED = "CREATE PUBLICATION $slot FOR TABLE item";
    private static final String SLOT = "SELECT pg_create_logical_replication_slot('$slot', 'pgoutput')";

    /** A server's state, who starts how, and what is said; $slot, $role and $db stand for names. */
    private record Refusal(
            String title,
            SetupProblem problem,
            List<String> given,
            boolean limited,
            UnaryOperator<RealtimeBuilder> asked,
            List<String> said,
            boolean mends) {

        static Refusal of(String title, SetupProblem problem, String... given) {
            return new Refusal(title, problem, List.of(given), false, builder -> builder, List.of(), false);
        }

        Refusal asRole() {
            return new Refusal(title, problem, given, true, asked, said, mends);
        }

        Refusal asking(UnaryOperator<RealtimeBuilder> what) {
            return new Refusal(title, problem, given, limited, what, said, mends);
        }

        Refusal saying(String... fragments) {
            return new Refusal(title, problem, given, limited, asked, List.of(fragments), mends);
        }

        /** The remedy is SQL; run by a superuser, it lets the same start succeed. */
        Refusal mendedByItsRemedy() {
            return new Refusal(title, problem, given, limited, asked, said, true);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();
    private String role;

    static Stream<Refusal> refusals() {
        return Stream.of(roles(), publications(), slots()).flatMap(List::stream);
    }

    private static List<Refusal> roles() {
        return List.of(
                Refusal.of(
                                "a role without REPLICATION, where all is set up",
                                SetupProblem.REPLICATION_PRIVILEGE,
                                PUBLISHED,
                                SLOT,
                                "ALTER ROLE $role NOREPLICATION")
                        .asRole()
                        .saying("$role", "$db", "replication connection")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "an owner without REPLICATION",
                                SetupProblem.REPLICATION_PRIVILEGE,
                                "ALTER ROLE $role NOREPLICATION",
                                "ALTER TABLE item OWNER TO $role",
                                "GRANT CREATE ON DATABASE $db TO $role")
                        .asRole()
                        .saying("$role", "$db", "replication connection")
                        .mendedByItsRemedy(),
                Refusal.of("a role that does not own the table", SetupProblem.PUBLICATION_PRIVILEGE)
                        .asRole()
                        .saying("$slot", "owns its tables")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "an owner that may not create in the database",
                                SetupProblem.PUBLICATION_PRIVILEGE,
                                "ALTER TABLE item OWNER TO $role")
                        .asRole()
                        .saying("$slot", "CREATE on the database")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "whole old rows asked for by a role that does not own the table",
                                SetupProblem.PUBLICATION_PRIVILEGE,
                                PUBLISHED,
                                SLOT)
                        .asRole()
                        .asking(builder -> builder.fullImages(Item.class))
                        .saying("REPLICA IDENTITY FULL", "\"item\"")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "a role that may not connect to the database",
                                SetupProblem.AUTHENTICATION,
                                PUBLISHED,
                                SLOT,
                                "REVOKE CONNECT ON DATABASE $db FROM PUBLIC")
                        .asRole()
                        .saying("$role", "$db")
                        .mendedByItsRemedy(),
                Refusal.of("a role that may not log in", SetupProblem.AUTHENTICATION, "ALTER ROLE $role NOLOGIN")
                        .asRole()
                        .saying("$role", "$db", "LOGIN", "pg_hba.conf"));
    }

    private static List<Refusal> publications() {
        return List.of(
                Refusal.of(
                                "a publication that is missing, though its slot is there",
                                SetupProblem.PUBLICATION_MISSING,
                                SLOT)
                        .saying("$slot", "cannot be delivered")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "a publication that lacks the table of a role that does not own it",
                                SetupProblem.PUBLICATION_PRIVILEGE,
                                "CREATE PUBLICATION $slot",
                                SLOT)
                        .asRole()
                        .saying("$slot", "ADD TABLE", "\"item\"")
                        .mendedByItsRemedy(),
                Refusal.of(
                                "a publication that lacks the table, to be validated alone",
                                SetupProblem.TABLE_NOT_PUBLISHED,
                                "CREATE PUBLICATION $slot",
                                SLOT)
                        .asking(builder -> builder.setup(SetupMode.VALIDATE))
                        .saying("$slot", "Item", "ADD TABLE")
                        .mendedByItsRemedy(),
                Refusal.of("a server without anything, to be validated alone", SetupProblem.PUBLICATION_MISSING)
                        .asking(builder -> builder.setup(SetupMode.VALIDATE))
                        .saying("$slot", "CREATE PUBLICATION", "pg_create_logical_replication_slot")
                        .mendedByItsRemedy(),
                Refusal.of("a table that is missing", SetupProblem.TABLE_MISSING, "ALTER TABLE item RENAME TO \"Item\"")
                        .saying("\"public\".\"item\"", "Item", "what is there: \"public\".\"Item\""));
    }

    private static List<Refusal> slots() {
        return List.of(
                Refusal.of("a publication from a migration, and no slot", SetupProblem.SLOT_MISSING, PUBLISHED)
                        .saying("$slot", "first start", "migration", "SlotPolicy.CREATE")
                        .mendedByItsRemedy(),
                Refusal.of("a slot that is required", SetupProblem.SLOT_MISSING)
                        .asking(builder -> builder.slot("required", SlotPolicy.REQUIRE))
                        .saying("\"required\"", "SlotPolicy.REQUIRE"),
                Refusal.of(
                                "a slot of another plugin",
                                SetupProblem.SLOT_OTHER_PLUGIN,
                                "SELECT pg_create_logical_replication_slot('$slot', 'test_decoding')")
                        .saying("$slot", "test_decoding", "pgoutput", "slot(...)"),
                Refusal.of(
                                "a physical slot",
                                SetupProblem.SLOT_OTHER_PLUGIN,
                                "SELECT pg_create_physical_replication_slot('$slot')")
                        .saying("$slot", "physical", "slot(...)"));
    }

    @BeforeEach
    void roleAndTable() throws Exception {
        role = streams.database().unique("role");
        streams.execute(
                "CREATE ROLE " + role + " LOGIN REPLICATION",
                "CREATE TABLE item " + Item.COLUMNS,
                "INSERT INTO item VALUES (1, 1, '" + ROW_VALUE + "')");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void is_refused_with_its_reason_and_its_remedy(Refusal refusal) throws Exception {
        streams.execute(refusal.given.stream().map(this::filled).toArray(String[]::new));
        Set<String> before = leftovers();

        SetupException error = refused(builder(refusal));

        assertThat(error.problem()).isEqualTo(refusal.problem);
        assertThat(error.getMessage())
                .contains(refusal.said.stream().map(this::filled).toList());
        assertThat(trace(error)).doesNotContain(ROW_VALUE);
        Leftovers.awaitNoneBut(before, streams.database(), streams.slot());
        if (refusal.mends) {
            assertThat(error.remedy()).isNotEmpty();
            streams.execute(error.remedy().toArray(String[]::new));
            assertThat(streams.start(builder(refusal)).status().state()).isEqualTo(RealtimeStatus.State.STREAMING);
        }
    }

    @Test
    void the_slot_of_a_published_first_start_may_be_created_by_policy() throws Exception {
        streams.execute(filled(PUBLISHED));

        streams.start(items().slot(streams.slot(), SlotPolicy.CREATE));

        streams.execute("INSERT INTO item VALUES (2, 2)");
        assertThat(received.next().id()).isEqualTo(2L);
    }

    @Test
    void a_slot_of_another_database_is_named_with_it() throws Exception {
        try (TestDatabase other = SharedServer.database()) {
            other.execute(filled(SLOT));

            SetupException error = refused(items());

            assertThat(error.problem()).isEqualTo(SetupProblem.SLOT_OTHER_DATABASE);
            assertThat(error)
                    .hasMessageContaining(streams.slot())
                    .hasMessageContaining(other.name())
                    .hasMessageContaining(streams.database().name())
                    .hasMessageContaining("slot(...)");
            Eventually.equal(Set.of("slot " + streams.slot()), this::leftovers);
        }
    }

    @Test
    void a_slot_in_use_is_waited_for_and_then_refused_with_its_owner() throws Exception {
        Realtime first = streams.start(items());
        String pid = streams.database()
                .value("SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + streams.slot() + "'");
        RealtimeBuilder second = items().startTimeout(Duration.ofSeconds(2));
        Set<String> before = leftovers();

        SetupException error = refused(second);

        assertThat(error.problem()).isEqualTo(SetupProblem.SLOT_IN_USE);
        assertThat(error)
                .hasMessageContaining(streams.slot())
                .hasMessageContaining("pid " + pid)
                .hasMessageContaining("postgres")
                .hasMessageContaining("realtime:" + streams.slot());
        assertThat(error.remedy()).containsExactly("SELECT pg_catalog.pg_terminate_backend(" + pid + ");");
        Leftovers.awaitNoneBut(before, streams.database(), streams.slot());
        first.close();
        streams.start(items());
    }

    @Test
    void a_database_that_does_not_exist_is_named_with_the_sql_that_creates_it() throws Exception {
        String missing = streams.database().unique("no such db");
        SetupException error = refused(items().connectingTo(
                        streams.database().server().url(missing.replace(" ", "%20")), "postgres", () -> null));

        assertThat(error.problem()).isEqualTo(SetupProblem.DATABASE_MISSING);
        assertThat(error).hasMessageContaining(missing);
        assertThat(error.remedy()).containsExactly("CREATE DATABASE \"" + missing + '"');
    }

    @Test
    void the_loss_of_the_publication_ends_the_stream_on_every_version() throws Exception {
        Realtime realtime = streams.start(items());

        streams.execute(filled("DROP PUBLICATION $slot"), "INSERT INTO item VALUES (2, 2)");

        Eventually.equal(RealtimeStatus.State.FAILED, () -> realtime.status().state());
        assertThat(realtime.status().lastError())
                .isInstanceOfSatisfying(
                        SetupException.class,
                        error -> assertThat(error.problem()).isEqualTo(SetupProblem.PUBLICATION_MISSING))
                .hasMessageContaining(streams.slot());
        assertThat(received.waiting()).isZero();
        Eventually.equal(Set.of("slot " + streams.slot()), this::leftovers);
        SetupException error = (SetupException) realtime.status().lastError();
        streams.execute(error.remedy().toArray(String[]::new));
        streams.start(items());
        streams.execute("INSERT INTO item VALUES (3, 3)");
        assertThat(received.next().id()).isEqualTo(3L);
    }

    @Test
    void a_publication_that_was_away_for_a_moment_is_a_gap_that_is_told_until_it_is_accepted() throws Exception {
        Realtime realtime = streams.start(items());
        streams.execute(filled("DROP PUBLICATION $slot"), "INSERT INTO item VALUES (2, 2)", filled(PUBLISHED));
        Eventually.equal(RealtimeStatus.State.FAILED, () -> realtime.status().state());

        Realtime next = streams.start(items());
        Eventually.equal(RealtimeStatus.State.FAILED, () -> next.status().state());

        assertThat(next.status().lastError())
                .isInstanceOfAny(SetupException.class, GapException.class)
                .hasMessageContaining("gap")
                .hasMessageContaining("pg_replication_slot_advance");
        assertThat(received.waiting()).isZero();
        Eventually.equal(
                null,
                () -> streams.database()
                        .value(filled(
                                "SELECT active_pid FROM pg_replication_slots WHERE slot_name = '$slot' AND active")));
        streams.execute(filled("SELECT pg_replication_slot_advance('$slot', pg_current_wal_lsn())"));
        streams.start(items());
        streams.execute("INSERT INTO item VALUES (3, 3)");
        assertThat(received.next().id()).isEqualTo(3L);
    }

    private String filled(String text) {
        return text.replace("$slot", streams.slot())
                .replace("$role", role)
                .replace("$db", streams.database().name());
    }

    private RealtimeBuilder items() {
        return streams.items().on(Item.class, received);
    }

    private RealtimeBuilder builder(Refusal refusal) {
        RealtimeBuilder builder = refusal.asked.apply(items());
        return refusal.limited ? builder.connectingTo(streams.database().url(), role, () -> null) : builder;
    }

    private SetupException refused(RealtimeBuilder builder) {
        SetupException error = catchThrowableOfType(SetupException.class, () -> streams.start(builder));
        assertThat(error).as("refusal").isNotNull();
        return error;
    }

    private Set<String> leftovers() throws Exception {
        return Leftovers.of(streams.database(), streams.slot());
    }

    private static String trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
