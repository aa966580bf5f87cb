package dev.realtime.internal.replication;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realtime.support.Eventually;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it counts threads and descriptors of the whole process")
class ReconnectIT {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Test
    void fiftyReconnectsLeaveNoThreadNoDescriptorAndNoWalsender() throws SQLException, IOException {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "This system does not show its file descriptors");
        try (Published published = Published.onSharedServer()) {
            connectOnce(published, 0);
            long threads = ManagementFactory.getThreadMXBean().getThreadCount();
            long descriptors = descriptors();
            for (int i = 1; i <= 50; i++) {
                connectOnce(published, i);
            }
            Eventually.equal(true, () -> ManagementFactory.getThreadMXBean().getThreadCount() <= threads);
            Eventually.equal(true, () -> descriptors() <= descriptors);
            Eventually.equal(
                    "0",
                    () -> published.database.value(
                            "SELECT count(*) FROM pg_stat_replication r JOIN pg_stat_activity a USING (pid) WHERE a.datname = '"
                                    + published.database.name() + "'"));
        }
    }

    /** Each third connection is closed, aborted, or lost to the server. */
    private static void connectOnce(Published published, int number) throws SQLException {
        Eventually.equal(
                "f",
                () -> published.database.value(
                        "SELECT active FROM pg_replication_slots WHERE slot_name = '" + published.slot + "'"));
        try (WalStream stream = published.stream()) {
            stream.sendStatus(true);
            Published.readUntil(stream, Keepalive.class::isInstance);
            if (number % 3 == 1) {
                stream.abort();
            } else if (number % 3 == 2) {
                published.database.execute(
                        "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE slot_name = '"
                                + published.slot + "'");
                Published.readToTheEnd(stream);
            }
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }
}
