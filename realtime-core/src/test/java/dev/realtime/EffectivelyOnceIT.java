package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.support.EffectCycles;
import dev.realtime.support.EffectCycles.Fault;
import dev.realtime.support.Link;
import dev.realtime.support.Seed;
import dev.realtime.support.Stage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/**
 * Effects that are committed together with their place, in a table that would take each of them twice: each happens once,
 * whatever dies, freezes, and wakes up when another instance has taken over.
 */
@Execution(CONCURRENT)
class EffectivelyOnceIT {

    /** Every fault as often as it is to come. */
    private static final int CYCLES_PER_ROUND = 50;

    private static final int ROUNDS = Integer.getInteger("realtime.effects.rounds", 10);

    @TempDir
    private Path directory;

    @Test
    void effects_happen_once_over_a_few_crashes_and_a_stale_owner_that_wakes_up() throws Exception {
        long seed = Seed.of("effects");
        try (PostgresServer server = PostgresServer.builder().start();
                Stage stage = new Stage(server, Link.PLAIN);
                EffectCycles cycles = new EffectCycles(stage, directory, seed)) {
            for (Fault fault : List.of(
                    Fault.APPLICATION_KILLED_BEFORE_THE_COMMIT,
                    Fault.CONNECTION_CUT,
                    Fault.OWNER_STALE_BEFORE_ITS_PLACE_WAS_STORED,
                    Fault.WAL_SENDER_KILLED,
                    Fault.APPLICATION_KILLED)) {
                cycles.cycle(fault);
            }
            cycles.judge("A few crashes");
        }
    }

    @Test
    @Tag("long")
    void effects_happen_once_over_five_hundred_crashes_and_fifty_stale_owners_that_wake_up() throws Exception {
        long seed = Seed.of("effects");
        int stale = 0;
        long rows = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (PostgresServer server = PostgresServer.builder().start();
                    Stage stage = new Stage(server, Link.values()[round % 2]);
                    EffectCycles cycles = new EffectCycles(stage, directory, seed + round)) {
                for (int i = 0; i < CYCLES_PER_ROUND; i++) {
                    cycles.cycle();
                }
                rows += cycles.judge(
                        "Round " + (round + 1) + ", " + Link.values()[round % 2] + ", seed " + (seed + round));
                stale += cycles.stale();
                assertThat(cycles.struck()).as("each kind").hasSameSizeAs(Fault.values());
            }
        }
        System.out.printf(
                "Effectively once: %d crashes, %d stale owners among them, %d row changes, each with its one effect%n",
                ROUNDS * CYCLES_PER_ROUND, stale, rows);
        assertThat(stale).isEqualTo(5 * ROUNDS);
    }
}
