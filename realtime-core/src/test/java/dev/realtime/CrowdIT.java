package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.support.CrowdChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** One that is fast among one that is blocked, one that fails for ever, and a thousand live ones of which half never read. */
@Isolated("its pace is measured")
class CrowdIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    private Path directory;

    @Test
    void in_a_crowd_nothing_is_lost_the_sums_add_up_and_who_was_blocked_gets_everything_in_order() throws Exception {
        run(60, 10_000, 0);
    }

    @Test
    @Tag("long")
    void the_fast_one_keeps_nine_tenths_of_its_pace_in_a_crowd_of_a_thousand() throws Exception {
        List<String> told = run(1_000, 60_000, 5);
        assertThat(median(told, CrowdChild.CROWD) * 100 / median(told, CrowdChild.ALONE))
                .as("percent of what it is alone")
                .isGreaterThanOrEqualTo(90);
    }

    private static long median(List<String> told, String kind) {
        return told.stream()
                .filter(line -> line.startsWith(kind))
                .map(line -> Long.parseLong(line.substring(kind.length())))
                .findFirst()
                .orElseThrow();
    }

    private List<String> run(int live, int rows, int rounds) throws Exception {
        try (TestDatabase database = SharedServer.database()) {
            Workload.createTable(database);
            try (ChildJvm child = ChildJvm.start(
                    CrowdChild.class,
                    directory.resolve("child.out"),
                    List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"),
                    database.url(),
                    database.unique("crowd"),
                    Integer.toString(live),
                    Integer.toString(rows),
                    Integer.toString(rounds))) {
                child.awaitLine(CrowdChild.DONE::equals, PATIENCE);
                child.lines().forEach(System.out::println);
                child.awaitExit(PATIENCE);
                return child.lines();
            }
        }
    }
}
