package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Stage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader that has nothing to do, or nobody to give it to, does nothing; and it sees what breaks meanwhile. */
@Execution(CONCURRENT)
class PauseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WATCHED = Duration.ofSeconds(3);
    /** Statuses, keepalives and questions to the server take some milliseconds a second. */
    private static final double MOST_OF_A_PROCESSOR = 0.05;

    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @ParameterizedTest
    @EnumSource
    void an_idle_and_a_paused_reader_take_no_processor_and_a_paused_one_sees_its_connection_go(Link link)
            throws Exception {
        try (Stage stage = new Stage(SharedServer.get(), link)) {
            Realtime realtime = stage.start(stage.ledger().queueCapacity(10).on(LedgerRow.class, event -> {
                blocked.countDown();
                release.await();
                LedgerRow.testify(stage.log(), event);
            }));
            double idle = processorShare(stage);

            stage.database().execute("INSERT INTO ledger SELECT n, 0, 1, '', 0 FROM generate_series(1, 5000) n");
            blocked.await();
            double paused = processorShare(stage);
            System.out.printf("%s: the reader takes %.2f %% idle, %.2f %% paused%n", link, 100 * idle, 100 * paused);
            assertThat(idle).isLessThan(MOST_OF_A_PROCESSOR);
            assertThat(paused).isLessThan(MOST_OF_A_PROCESSOR);

            stage.proxy().cut();
            Stage.await(PATIENCE).until(() -> realtime.status().sessions() >= 2);
            assertThat(processorShare(stage)).isLessThan(MOST_OF_A_PROCESSOR);
            stage.write(5001);
            release.countDown();
            stage.awaitAllConfirmed(PATIENCE);
            assertThat(stage.judge("Cut while reading was paused").duplicates()).isZero();
        }
    }

    /** How much of a processor the reader takes from now on, for a while. */
    private static double processorShare(Stage stage) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long reader = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("realtime-" + stage.slot() + "-reader"))
                .findFirst()
                .orElseThrow()
                .getId();
        long before = threads.getThreadCpuTime(reader);
        long until = System.nanoTime() + WATCHED.toNanos();
        for (long left = WATCHED.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return (threads.getThreadCpuTime(reader) - before) / (double) WATCHED.toNanos();
    }
}
