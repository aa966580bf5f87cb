package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.ledger.WorkloadPlan;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.StopMode;
import dev.realtime.support.Connections;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Seed;
import dev.realtime.support.Stage;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server and the network fail while writers write: the stream goes on by itself, and keeps what it promised. */
@Isolated("it measures how soon a stream is back")
class RecoveryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration BLACK_HOLE = Duration.ofSeconds(15);

    /** What breaks the stream. When it returns, the server can be reached again. */
    @FunctionalInterface
    private interface Fault {
        void strike() throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void whatever_broke_the_stream_it_goes_on_by_itself(Link link) throws Exception {
        long seed = Seed.of("writers");
        try (PostgresServer server = PostgresServer.builder().start();
                Stage stage = new Stage(server, link)) {
            Realtime realtime = stage.start(testifying(stage));
            WorkloadPlan plan = new WorkloadPlan(seed, 1, 3, Integer.MAX_VALUE, 100, 0);
            try (Workload writers = Workload.start(stage.database(), plan)) {
                try (Connections connections = Connections.of(stage.database(), "realtime:" + stage.slot())) {
                    goesOn(
                            realtime,
                            writers,
                            link + ", pg_terminate_backend",
                            SOON,
                            () -> stage.database().execute("SELECT pg_terminate_backend(" + stage.walSender() + ")"));
                    assertThat(connections.mostReplicating()).isEqualTo(1);
                    assertThat(connections.mostOthers()).isLessThanOrEqualTo(1);
                }
                goesOn(realtime, writers, link + ", cut", SOON, stage.proxy()::cut);
                goesOn(realtime, writers, link + ", reset", SOON, stage.proxy()::reset);
                goesOn(realtime, writers, link + ", restart -m fast", SOON, () -> server.restart(StopMode.FAST));
                goesOn(
                        realtime,
                        writers,
                        link + ", restart -m immediate",
                        SOON,
                        () -> server.restart(StopMode.IMMEDIATE));
                writers.awaitCommits(50, PATIENCE);
                writers.stop();
            }
            stage.awaitAllConfirmed(PATIENCE);
            assertThat(stage.judge("Broken five times").duplicates())
                    .as("passed over in this process")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_black_hole_is_left_in_time(Link link) throws Exception {
        try (Stage stage = new Stage(SharedServer.get(), link)) {
            Realtime realtime = stage.start(testifying(stage));
            stage.write(1);
            stage.awaitAllConfirmed(PATIENCE);

            stage.proxy().blackHole(true);
            stage.write(2);
            Duration recovery = timeToNextSession(realtime, () -> {
                Stage.await(PATIENCE)
                        .until(() -> "t"
                                .equals(stage.database()
                                        .value("SELECT sent_lsn > confirmed_flush_lsn FROM pg_stat_replication r"
                                                + " JOIN pg_replication_slots s ON s.active_pid = r.pid WHERE slot_name = '"
                                                + stage.slot() + "'")));
                stage.proxy().blackHole(false);
            });

            System.out.printf("%s, black hole: streaming again after %d ms%n", link, recovery.toMillis());
            assertThat(recovery).isLessThan(BLACK_HOLE);
            stage.awaitAllConfirmed(PATIENCE);
            stage.judge("After a black hole");
        }
    }

    @Test
    void what_an_earlier_process_confirmed_and_the_crashed_server_forgot_is_passed_over() throws Exception {
        try (PostgresServer server = PostgresServer.builder().start();
                Stage stage = new Stage(server, Link.PLAIN)) {
            Realtime earlier = stage.start(testifying(stage));
            long id = 0;
            String onDisk;
            do {
                // Only together with these two does the server write the slot's position down at a confirmation.
                onDisk = slot(stage, "restart_lsn || ' ' || catalog_xmin");
                stage.write(++id);
                stage.awaitAllConfirmed(PATIENCE);
            } while (!slot(stage, "restart_lsn || ' ' || catalog_xmin").equals(onDisk));
            earlier.close();
            Lsn confirmed = Lsn.parse(slot(stage, "confirmed_flush_lsn"));
            Realtime realtime = stage.start(testifying(stage));

            stage.proxy().refuse(true);
            server.restart(StopMode.IMMEDIATE);
            assertThat(Lsn.parse(slot(stage, "confirmed_flush_lsn")))
                    .as("what the server remembers")
                    .isLessThan(confirmed);
            stage.proxy().refuse(false);

            stage.write(++id);
            stage.awaitAllConfirmed(PATIENCE);
            assertThat(realtime.status().state()).isEqualTo(RealtimeStatus.State.STREAMING);
            assertThat(stage.judge("A slot that went back").duplicates()).isZero();
        }
    }

    private static void goesOn(Realtime realtime, Workload writers, String name, Duration limit, Fault fault)
            throws Exception {
        writers.awaitCommits(50, PATIENCE);
        Duration recovery = timeToNextSession(realtime, fault);
        System.out.printf("%s: streaming again after %d ms%n", name, recovery.toMillis());
        assertThat(recovery).as(name).isLessThan(limit);
    }

    private static Duration timeToNextSession(Realtime realtime, Fault fault) throws Exception {
        long sessions = realtime.status().sessions();
        fault.strike();
        long struck = System.nanoTime();
        Stage.await(PATIENCE)
                .until(() -> realtime.status().sessions() > sessions
                        && realtime.status().state() == RealtimeStatus.State.STREAMING);
        return Duration.ofNanos(System.nanoTime() - struck);
    }

    private static RealtimeBuilder testifying(Stage stage) {
        return stage.ledger().on(LedgerRow.class, LedgerRow.testifyingTo(stage.log()));
    }

    private static String slot(Stage stage, String column) throws Exception {
        return stage.database()
                .value("SELECT " + column + " FROM pg_replication_slots WHERE slot_name = '" + stage.slot() + "'");
    }
}
