package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.faultbed.ledger.Oracles;
import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.ledger.WorkloadPlan;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.process.Signal;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.support.HandlingChild;
import dev.realtime.support.Link;
import dev.realtime.support.Seed;
import dev.realtime.support.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** What can happen to the process of an application, beyond being killed, and to two of them on one slot. */
@Execution(CONCURRENT)
class ProcessFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BIG_ROW_BYTES = 24_000_000;
    private static final String CANARY = "canary\r\n\u001b[31m${jndi:ldap://canary}";

    // A server of its own: on a shared one these writers would hold up the slots of other tests.
    private final PostgresServer server = PostgresServer.builder().start();
    private final Stage stage = new Stage(server, Link.PLAIN);

    @TempDir
    private Path directory;

    private int children;

    @AfterEach
    void close() {
        stage.close();
        server.close();
    }

    @Test
    void an_orderly_end_of_the_process_repeats_nothing_and_its_output_holds_no_rows() throws Exception {
        assumeTrue(Signal.supported(), "This system has no signals");
        for (int i = 0; i < 3; i++) {
            try (ChildJvm child = streaming("64m");
                    Workload writers = writers()) {
                stage.write(-1 - i, CANARY);
                long length = stage.log().length();
                writers.awaitCommits(30, PATIENCE);
                Stage.await(PATIENCE).until(() -> stage.log().length() > length);
                child.terminate(PATIENCE);
                assertThat(child.lines()).noneMatch(line -> line.contains("canary"));
            }
        }
        settle("64m");
        assertThat(stage.judge("Asked to end").duplicates()).isZero();
    }

    @Test
    void a_second_instance_takes_over_from_one_that_was_killed() throws Exception {
        ChildJvm active = streaming("64m");
        try (Workload writers = writers()) {
            for (int i = 0; i < 3; i++) {
                ChildJvm standby = child("64m");
                standby.awaitLine(HandlingChild.BEGINS::equals, PATIENCE);
                writers.awaitCommits(20, PATIENCE);
                long killed = System.nanoTime();
                active.close();
                active = standby;
                standby.awaitLine(HandlingChild.STREAMS::equals, PATIENCE);
                System.out.printf("Taken over after %d ms%n", (System.nanoTime() - killed) / 1_000_000);
            }
            writers.stop();
        } finally {
            stage.awaitAllConfirmed(PATIENCE);
            active.close();
        }
        stage.judge("Taken over three times");
    }

    /** It cannot know, when it wakes, that another has gone on: but it holds no slot any more to confirm anything on. */
    @Test
    void a_process_that_was_frozen_until_another_took_over_confirms_nothing() throws Exception {
        assumeTrue(Signal.supported(), "This system has no signals");
        try (ChildJvm frozen = streaming("64m")) {
            try (Workload writers = writers()) {
                writers.awaitCommits(30, PATIENCE);
                frozen.signal(Signal.STOP);
                Stage.await(PATIENCE).until(() -> stage.walSender() == null);
                try (ChildJvm successor = streaming("64m")) {
                    writers.awaitCommits(30, PATIENCE);
                    frozen.signal(Signal.CONT);
                    writers.awaitCommits(100, PATIENCE);
                    writers.stop();
                    stage.awaitAllConfirmed(PATIENCE);
                    assertThat(successor.isAlive()).isTrue();
                }
            } finally {
                frozen.signal(Signal.CONT);
            }
        }
        Oracles judges = stage.judges();
        judges.complete();
        judges.ackSafe(stage.confirmations());
        judges.noPhantom();
    }

    @Test
    void a_heap_that_is_too_small_for_a_row_confirms_nothing_of_it() throws Exception {
        try (ChildJvm small = streaming("32m")) {
            stage.write(1);
            stage.awaitAllConfirmed(PATIENCE);
            stage.write(2, "x".repeat(BIG_ROW_BYTES));
            String unhandled = stage.position();
            stage.write(3);

            Stage.await(PATIENCE)
                    .until(() -> small.lines().stream().anyMatch(line -> line.contains("OutOfMemoryError")));
            Stage.await(PATIENCE).until(() -> stage.walSender() == null);

            assertThat(stage.isConfirmed(unhandled)).isFalse();
            assertThat(stage.log().read().rows()).hasSize(1);
        }
        settle("512m");
        stage.judge("A row too big for the heap");
    }

    private void settle(String heap) throws Exception {
        try (ChildJvm last = streaming(heap)) {
            stage.awaitAllConfirmed(PATIENCE);
            assertThat(last.isAlive()).isTrue();
        }
    }

    private Workload writers() {
        return Workload.start(stage.database(), new WorkloadPlan(Seed.of("writers"), 1, 3, Integer.MAX_VALUE, 50, 0));
    }

    private ChildJvm streaming(String heap) {
        ChildJvm child = child(heap);
        child.awaitLine(HandlingChild.STREAMS::equals, PATIENCE);
        return child;
    }

    private ChildJvm child(String heap) {
        return ChildJvm.start(
                HandlingChild.class,
                directory.resolve(children++ + ".out"),
                List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                stage.url(),
                stage.slot(),
                stage.logFile().toString());
    }
}
