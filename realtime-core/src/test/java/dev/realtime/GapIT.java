package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realtime.RealtimeStatus.State;
import dev.realtime.error.RealtimeException;
import dev.realtime.event.CaptureChanged;
import dev.realtime.event.Gap;
import dev.realtime.event.Gap.Reason;
import dev.realtime.event.GapPolicy;
import dev.realtime.event.Started;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.support.Eventually;
import dev.realtime.support.Journal;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Stage;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to lose one's place in the log is told before anything behind it, and ends the stream or is passed as asked. */
class GapIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PostgresServer SERVER = PostgresServer.builder().start();

    /** What happens while nobody streams; $slot and $db stand for names. */
    private record Loss(String title, Reason reason, int fromVersion, String[] deeds) {

        static Loss of(String title, Reason reason, String... deeds) {
            return new Loss(title, reason, 14, deeds);
        }

        Loss from(int version) {
            return new Loss(title, reason, version, deeds);
        }

        void strike(Stage stage) throws Exception {
            for (String deed : deeds) {
                stage.database().execute(deed.replace("$slot", stage.slot()));
            }
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private static final String ROW = "INSERT INTO ledger VALUES (2, 0, 1, '', 0)";
    private static final String DROP = "SELECT pg_drop_replication_slot('$slot')";
    private static final String CREATE = "SELECT pg_create_logical_replication_slot('$slot', 'pgoutput')";
    private static final String FILL = "SELECT pg_logical_emit_message(false, 'filler', '') FROM pg_switch_wal()";

    private final Stage stage = new Stage(SERVER, Link.PLAIN);
    private final Journal journal = new Journal();

    static Stream<Loss> whileAway() {
        return Stream.concat(
                atAnyTime(),
                Stream.of(
                        Loss.of("dropped and created anew", Reason.SLOT_MOVED, DROP, ROW, CREATE),
                        Loss.of(
                                "advanced by someone else",
                                Reason.SLOT_MOVED,
                                ROW,
                                "SELECT pg_replication_slot_advance('$slot', pg_current_wal_lsn())"),
                        Loss.of(
                                "read by someone else",
                                Reason.SLOT_MOVED,
                                ROW,
                                "SELECT count(*) FROM pg_logical_slot_get_binary_changes('$slot', NULL, NULL,"
                                        + " 'proto_version', '1', 'publication_names', '$slot')"),
                        Loss.of(
                                "made for another plugin",
                                Reason.SLOT_REPLACED,
                                DROP,
                                "SELECT pg_create_logical_replication_slot('$slot', 'test_decoding')"),
                        Loss.of(
                                "made a physical one",
                                Reason.SLOT_REPLACED,
                                DROP,
                                "SELECT pg_create_physical_replication_slot('$slot')"),
                        Loss.of(
                                "made one that sends prepared transactions",
                                Reason.SLOT_REPLACED,
                                DROP,
                                "SELECT pg_create_logical_replication_slot('$slot', 'pgoutput', false, true)")));
    }

    static Stream<Loss> atAnyTime() {
        return Stream.of(
                Loss.of("dropped", Reason.SLOT_MISSING, ROW, DROP),
                Loss.of("dropped with its publication gone", Reason.PUBLICATION_MISSING, "DROP PUBLICATION $slot", ROW),
                Loss.of(
                        "its publication gone for a while",
                        Reason.PUBLICATION_MISSING,
                        "DROP PUBLICATION $slot",
                        ROW,
                        "CREATE PUBLICATION $slot FOR TABLE ledger"),
                Loss.of(
                        "given up for its size",
                        Reason.SLOT_LOST,
                        ROW,
                        "ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'",
                        "SELECT pg_reload_conf()",
                        FILL,
                        FILL,
                        FILL,
                        "CHECKPOINT",
                        "ALTER SYSTEM RESET max_slot_wal_keep_size",
                        "SELECT pg_reload_conf()"),
                Loss.of(
                                "given up for its idle time",
                                Reason.SLOT_LOST,
                                ROW,
                                "ALTER SYSTEM SET idle_replication_slot_timeout = '1s'",
                                "SELECT pg_reload_conf()",
                                "SELECT pg_sleep(1.5)",
                                "CHECKPOINT",
                                "ALTER SYSTEM RESET idle_replication_slot_timeout",
                                "SELECT pg_reload_conf()")
                        .from(18));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    @ParameterizedTest
    @MethodSource("whileAway")
    void under_a_stream_it_is_told_and_ends_the_stream(Loss loss) throws Exception {
        Realtime realtime = begin(GapPolicy.STOP);

        strikeBehindItsBack(loss);
        stage.write(3);

        Eventually.equal(State.FAILED, () -> realtime.status().state());
        assertThat(journal.entries())
                .containsExactly("Started", "1", loss.reason().name());
        assertTold(realtime, loss);
    }

    @ParameterizedTest
    @MethodSource("whileAway")
    void under_a_stream_it_is_told_before_the_stream_goes_on_where_that_is_asked_for(Loss loss) throws Exception {
        Realtime realtime = begin(GapPolicy.RECREATE_AND_REPORT);

        strikeBehindItsBack(loss);

        if (loss.reason() == Reason.SLOT_REPLACED) {
            Eventually.equal(State.FAILED, () -> realtime.status().state());
            assertThat(journal.entries()).containsExactly("Started", "1", "SLOT_REPLACED");
        } else {
            journal.await("Started", "1", loss.reason().name(), "Started");
            stage.write(3);
            journal.await("Started", "1", loss.reason().name(), "Started", "3");
            goesOnAsAlways(realtime);
        }
        assertTold(realtime, loss);
    }

    @ParameterizedTest
    @MethodSource("atAnyTime")
    void between_two_runs_it_is_told_and_the_second_one_fails(Loss loss) throws Exception {
        begin(GapPolicy.STOP).close();

        strike(loss);

        assertThatThrownBy(() -> {
                    Realtime next = start(GapPolicy.STOP);
                    Eventually.equal(State.FAILED, () -> next.status().state());
                    throw (Exception) next.status().lastError();
                })
                .isInstanceOf(RealtimeException.class)
                .hasMessageContaining(stage.slot());
        stage.write(3);
        assertThat(journal.entries().stream().filter(told -> !told.equals("Started")))
                .containsExactly("1", loss.reason().name());
    }

    @ParameterizedTest
    @MethodSource("atAnyTime")
    void between_two_runs_it_is_told_before_the_second_one_goes_on_where_that_is_asked_for(Loss loss) throws Exception {
        begin(GapPolicy.STOP).close();

        strike(loss);
        Realtime next = start(GapPolicy.RECREATE_AND_REPORT);
        Stage.await(PATIENCE)
                .until(() -> journal.entries().indexOf(loss.reason().name()) > 0
                        && journal.entries().lastIndexOf("Started")
                                > journal.entries().indexOf(loss.reason().name()));

        stage.write(3);
        Eventually.equal("3", () -> journal.entries().get(journal.entries().size() - 1));
        assertThat(journal.entries().stream().filter(told -> !told.equals("Started")))
                .containsExactly("1", loss.reason().name(), "3");
        goesOnAsAlways(next);
    }

    static Stream<Loss> thatPositionsShow() {
        return Stream.of(
                Loss.of("dropped", Reason.SLOT_MISSING, ROW, DROP),
                Loss.of("dropped and created anew", Reason.SLOT_MOVED, DROP, ROW, CREATE),
                Loss.of(
                        "advanced by someone else",
                        Reason.SLOT_MOVED,
                        ROW,
                        "SELECT pg_replication_slot_advance('$slot', pg_current_wal_lsn())"));
    }

    @ParameterizedTest
    @MethodSource("thatPositionsShow")
    void with_stored_positions_it_is_told_between_two_runs_too(Loss loss) throws Exception {
        Realtime first = startStoring(GapPolicy.STOP);
        stage.write(1);
        journal.await("Started", "1");
        stage.awaitAllConfirmed(PATIENCE);
        first.close();

        strike(loss);
        startStoring(GapPolicy.RECREATE_AND_REPORT);
        Stage.await(PATIENCE)
                .until(() -> journal.entries().indexOf(loss.reason().name()) > 0
                        && journal.entries().lastIndexOf("Started")
                                > journal.entries().indexOf(loss.reason().name()));

        stage.write(3);
        Eventually.equal("3", () -> journal.entries().get(journal.entries().size() - 1));
        assertThat(journal.entries().stream().filter(told -> !told.equals("Started")))
                .containsExactly("1", loss.reason().name(), "3");
    }

    private Realtime startStoring(GapPolicy policy) {
        return stage.start(stage.ledger()
                .offsets()
                .subscribe(LedgerRow.class, rows -> rows.named("stored").each(journal::event))
                .onSignal(journal::signal)
                .gaps(policy));
    }

    @Test
    void a_slot_that_is_dropped_under_the_running_stream_is_told() throws Exception {
        Realtime realtime = begin(GapPolicy.STOP);

        stage.database().execute("""
                DO $$ BEGIN
                    LOOP
                        BEGIN
                            PERFORM pg_terminate_backend(active_pid) FROM pg_replication_slots
                                WHERE slot_name = '%1$s' AND active_pid IS NOT NULL;
                            PERFORM pg_drop_replication_slot('%1$s');
                            RETURN;
                        EXCEPTION WHEN object_in_use THEN
                            PERFORM pg_sleep(0.01);
                        END;
                    END LOOP;
                END $$""".formatted(stage.slot()));
        stage.write(3);

        Eventually.equal(State.FAILED, () -> realtime.status().state());
        assertThat(journal.entries()).containsExactly("Started", "1", "SLOT_MISSING");
    }

    @Test
    void a_slot_that_was_made_in_another_database_is_told() throws Exception {
        Realtime realtime = begin(GapPolicy.RECREATE_AND_REPORT);
        try (TestDatabase other = TestDatabase.on(SERVER)) {
            leave();
            stage.database().execute(DROP.replace("$slot", stage.slot()));
            other.execute(CREATE.replace("$slot", stage.slot()));
            stage.write(3);
            stage.proxy().refuse(false);

            Eventually.equal(State.FAILED, () -> realtime.status().state());
            assertThat(journal.entries()).containsExactly("Started", "1", "SLOT_REPLACED");
        }
    }

    @Test
    void a_moved_slot_is_passed_by_report_alone_and_a_missing_one_is_not() throws Exception {
        Realtime realtime = begin(GapPolicy.REPORT);

        strikeBehindItsBack(Loss.of("", Reason.SLOT_MOVED, DROP, ROW, CREATE));
        journal.await("Started", "1", "SLOT_MOVED", "Started");
        stage.write(3);
        journal.await("Started", "1", "SLOT_MOVED", "Started", "3");
        stage.awaitAllConfirmed(PATIENCE);
        strikeBehindItsBack(Loss.of("", Reason.SLOT_MISSING, DROP));

        Eventually.equal(State.FAILED, () -> realtime.status().state());
        journal.await("Started", "1", "SLOT_MOVED", "Started", "3", "SLOT_MISSING");
    }

    @Test
    void a_stream_does_not_go_on_where_its_gap_could_not_be_told() throws Exception {
        Realtime realtime = stage.start(stage.ledger()
                .on(LedgerRow.class, journal::event)
                .gaps(GapPolicy.RECREATE_AND_REPORT)
                .onGap(gap -> {
                    throw new IllegalStateException("nobody answers");
                }));
        stage.write(1);
        journal.await("1");

        strikeBehindItsBack(Loss.of("", Reason.SLOT_MISSING, ROW, DROP));
        stage.write(3);

        Eventually.equal(State.FAILED, () -> realtime.status().state());
        assertThat(realtime.status().lastError()).hasRootCauseMessage("nobody answers");
        journal.await("1");
    }

    @Test
    void a_change_of_the_publication_is_told_with_its_tables_and_its_window() throws Exception {
        Realtime realtime = begin(GapPolicy.STOP);
        String before = stage.position();
        stage.database().execute("ALTER PUBLICATION " + stage.slot() + " SET (publish = 'insert')");
        stage.write(3);

        Eventually.equal(1, () -> journal.signals(CaptureChanged.class).size());
        CaptureChanged changed = journal.signals(CaptureChanged.class).get(0);
        assertThat(changed.slot()).isEqualTo(stage.slot());
        assertThat(changed.tables()).containsExactly("\"public\".\"ledger\"");
        assertThat(changed.from()).isLessThanOrEqualTo(Lsn.parse(before));
        assertThat(changed.to()).isGreaterThan(Lsn.parse(before));
        journal.await("Started", "1", "3");
        assertThat(realtime.status().state()).isEqualTo(State.STREAMING);
    }

    private Realtime begin(GapPolicy policy) throws Exception {
        Realtime realtime = start(policy);
        stage.write(1);
        journal.await("Started", "1");
        stage.awaitAllConfirmed(PATIENCE);
        return realtime;
    }

    private Realtime start(GapPolicy policy) {
        return stage.start(stage.ledger()
                .on(LedgerRow.class, journal::event)
                .onSignal(journal::signal)
                .gaps(policy));
    }

    private void strikeBehindItsBack(Loss loss) throws Exception {
        assumeTrue(SERVER.majorVersion() >= loss.fromVersion(), "PostgreSQL cannot lose it that way yet");
        leave();
        strike(loss);
        stage.proxy().refuse(false);
    }

    private void leave() throws Exception {
        stage.proxy().refuse(true);
        stage.proxy().cut();
        Eventually.equal(null, stage::walSender);
    }

    private void strike(Loss loss) throws Exception {
        assumeTrue(SERVER.majorVersion() >= loss.fromVersion(), "PostgreSQL cannot lose it that way yet");
        Eventually.equal(null, stage::walSender);
        loss.strike(stage);
    }

    private void assertTold(Realtime realtime, Loss loss) {
        Gap gap = realtime.status().gap();
        assertThat(gap).isNotNull();
        assertThat(gap.reason()).isEqualTo(loss.reason());
        assertThat(gap.slot()).isEqualTo(stage.slot());
        assertThat(gap.from()).isNotNull();
        assertThat(gap.description()).contains(stage.slot());
        if (gap.reason() == Reason.SLOT_MOVED) {
            assertThat(gap.to()).isGreaterThan(gap.from());
        }
    }

    /** Confirmed as far as it is handled, from where it said that it would go on. */
    private void goesOnAsAlways(Realtime realtime) throws Exception {
        stage.awaitAllConfirmed(PATIENCE);
        List<Started> beginnings = journal.signals(Started.class);
        Started last = beginnings.get(beginnings.size() - 1);
        assertThat(realtime.status().confirmed()).isGreaterThanOrEqualTo(last.from());
        assertThat(realtime.status().state()).isEqualTo(State.STREAMING);
    }
}
