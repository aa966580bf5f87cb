package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.event.RealtimeEvent;
import dev.realtime.faultbed.ledger.Oracles;
import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.ledger.WorkloadPlan;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.HandlingChild;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The application dies at any moment, without a word. */
@Execution(CONCURRENT)
class CrashIT {

    private static final int KILLS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> QUICK_START = List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void thirty_kills_lose_nothing_and_confirm_nothing_too_early(Link link) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("The seed of the kills is " + seed);
        Random random = new Random(seed);
        try (PostgresServer server = PostgresServer.builder().start();
                Stage stage = new Stage(server, link)) {
            int livesWithEvents = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                long before = stage.log().length();
                // The first must make the slot before anything is written; of the others some die while they connect.
                String moment = kill > 0 && random.nextInt(5) == 0 ? HandlingChild.BEGINS : HandlingChild.STREAMS;
                // Most die among events, however slow the machine is; the rest whenever it happens.
                boolean amongEvents = moment.equals(HandlingChild.STREAMS) && random.nextInt(10) > 0;
                WorkloadPlan plan = WorkloadPlan.seeded(seed + kill).endless();
                liveAndDie(stage, moment, plan, 1 + random.nextInt(150), amongEvents ? before : -1);
                livesWithEvents += stage.log().length() > before ? 1 : 0;
            }
            try (ChildJvm last = child(stage)) {
                last.awaitLine(HandlingChild.STREAMS::equals, PATIENCE);
                stage.awaitAllConfirmed(PATIENCE);
            }
            stage.judge("After " + KILLS + " kills, " + livesWithEvents + " of them among events");
            assertThat(livesWithEvents).isGreaterThan(KILLS / 2);
        }
    }

    /** A handler that returns before it has done its work is an early confirm to anyone who watches from outside. */
    @Test
    void the_judges_find_a_confirmation_that_came_before_the_work() throws Exception {
        try (Stage stage = new Stage(SharedServer.get(), Link.PLAIN)) {
            Queue<RealtimeEvent<LedgerRow>> received = new ConcurrentLinkedQueue<>();
            stage.start(stage.ledger().on(LedgerRow.class, received::add));
            try (Workload writers =
                    Workload.start(stage.database(), WorkloadPlan.seeded(1).transactions(5))) {
                writers.await(PATIENCE);
            }
            stage.awaitAllConfirmed(PATIENCE);
            received.forEach(event -> LedgerRow.testify(stage.log(), event));

            Oracles judges = stage.judges();
            judges.complete();
            judges.ordered();
            judges.noPhantom();
            assertThatThrownBy(() -> judges.ackSafe(stage.confirmations()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("not yet handled was transaction");
        }
    }

    /** Lives until so much was committed and the log has outgrown a length, and is killed there. */
    private void liveAndDie(Stage stage, String moment, WorkloadPlan plan, int commits, long logLength) {
        try (ChildJvm child = child(stage)) {
            child.awaitLine(moment::equals, PATIENCE);
            try (Workload writers = Workload.start(stage.database(), plan)) {
                writers.awaitCommits(commits, PATIENCE);
                Stage.await(PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> stage.log().length() > logLength);
                child.kill();
            }
        }
    }

    private ChildJvm child(Stage stage) {
        return ChildJvm.start(
                HandlingChild.class,
                directory.resolve(stage.slot() + ".out"),
                QUICK_START,
                stage.url(),
                stage.slot(),
                stage.logFile().toString());
    }
}
