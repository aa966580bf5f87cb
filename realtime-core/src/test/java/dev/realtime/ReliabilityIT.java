package dev.realtime;

import dev.realtime.faultbed.ledger.Report;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.support.CrashCycles;
import dev.realtime.support.Link;
import dev.realtime.support.ReliabilityReport;
import dev.realtime.support.Repository;
import dev.realtime.support.Seed;
import dev.realtime.support.Stage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The crash cycles of {@link CrashIT} by the thousand, under millions of rows, in rounds that are judged one by one. The
 * profile {@code reliability} runs it, and it writes docs/reliability-report.md.
 */
@Tag("reliability")
class ReliabilityIT {

    /** Every fault as often as it is to come, and no more rows than the judges can hold. */
    private static final int CYCLES_PER_ROUND = 30;

    private final int cycles = Integer.getInteger("reliability.cycles", 2_000);
    private final long rows = Long.getLong("reliability.rows", 20_000_000);
    private final Duration time = Duration.parse(System.getProperty("reliability.time", "PT24H"));

    @TempDir
    private Path directory;

    @Test
    void any_number_of_crashes_loses_nothing_and_confirms_nothing_too_early() throws Exception {
        long seed = Seed.of("crashes");
        long end = System.nanoTime() + time.toNanos();
        ReliabilityReport report = new ReliabilityReport(
                cycles + " cycles, " + rows + " row changes beside those of the writers, no longer than " + time, seed);
        Throwable complaint = null;
        try {
            for (int round = 0; report.cycles() < cycles && System.nanoTime() - end < 0; round++) {
                round(Link.values()[round % 2], seed + round, end, report);
            }
        } catch (Exception | AssertionError e) {
            complaint = e;
            throw e;
        } finally {
            report.write(Repository.root().resolve("docs/reliability-report.md"), complaint);
        }
    }

    private void round(Link link, long seed, long end, ReliabilityReport report) throws Exception {
        try (PostgresServer server = PostgresServer.builder().start();
                Stage stage = new Stage(server, link);
                CrashCycles round = new CrashCycles(stage, directory, seed, (rows + cycles - 1) / cycles)) {
            int wanted = Math.min(CYCLES_PER_ROUND, cycles - report.cycles());
            for (int i = 0; i < wanted && System.nanoTime() - end < 0; i++) {
                round.cycle();
            }
            round.settle();
            Report complete = stage.judge("A round, seed " + seed);
            report.add(stage, round, complete);
        }
    }
}
