package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.event.RealtimeEvent;
import dev.realtime.faultbed.ledger.Oracles;
import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.ledger.WorkloadPlan;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.CrashCycles;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Seed;
import dev.realtime.support.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The application dies at any moment, without a word; so do the server, and the connection between them. */
@Execution(CONCURRENT)
class CrashIT {

    private static final int CYCLES = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    /** Sixty over both links; as many as one likes are {@link ReliabilityIT}'s. */
    @ParameterizedTest
    @EnumSource
    void thirty_crash_cycles_lose_nothing_and_confirm_nothing_too_early(Link link) throws Exception {
        long seed = Seed.of("crashes");
        try (PostgresServer server = PostgresServer.builder().start();
                Stage stage = new Stage(server, link);
                CrashCycles cycles = new CrashCycles(stage, directory, seed, 0)) {
            for (int i = 0; i < CYCLES; i++) {
                cycles.cycle();
            }
            cycles.settle();
            stage.judge("After " + CYCLES + " crashes, " + cycles.amongEvents() + " of them among events, "
                    + cycles.struck());
            assertThat(cycles.struck()).as("each kind").hasSameSizeAs(CrashCycles.Fault.values());
            assertThat(cycles.amongEvents()).isGreaterThan(CYCLES / 2);
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
}
