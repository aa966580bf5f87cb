package dev.realtime.faultbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void aChildRunsWithItsOptionsAndReturnsItsExitCode() {
        try (ChildJvm child = start("7", "-Xmx32m")) {
            assertThat(child.awaitExit(DEADLINE)).isEqualTo(7);
            String heap = child.awaitLine(line -> line.startsWith("heap "), DEADLINE);
            assertThat(Long.parseLong(heap.substring("heap ".length()))).isLessThanOrEqualTo(32 << 20);
        }
    }

    @Test
    void aKilledChildRunsNoHookAndATerminatedOneDoes() {
        try (ChildJvm killed = start("wait")) {
            killed.awaitLine(line -> line.startsWith("heap "), DEADLINE);
            killed.kill();
            assertThat(killed.isAlive()).isFalse();
            assertThat(killed.lines()).doesNotContain("hook ran");
            assertThatThrownBy(() -> killed.awaitLine("never"::equals, DEADLINE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("ended without printing")
                    .hasMessageContaining("heap ");
        }
        assumeTrue(Signal.supported(), "This system has no signals");
        try (ChildJvm asked = start("wait")) {
            asked.awaitLine(line -> line.startsWith("heap "), DEADLINE);
            assertThat(asked.terminate(DEADLINE)).isEqualTo(128 + 15);
            assertThat(asked.lines()).contains("hook ran");
        }
    }

    @Test
    void aFrozenChildStandsStillUntilItIsThawed() {
        assumeTrue(Signal.supported(), "This system has no signals");
        try (ChildJvm child = start("count")) {
            child.awaitLine("count 3"::equals, DEADLINE);
            child.signal(Signal.STOP);
            // The line after the last one that can have been on its way.
            String next = "count " + (child.lines().size() + 10);
            assertThatThrownBy(() -> child.awaitLine(next::equals, Duration.ofMillis(200)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("did not print");
            assertThat(child.isAlive()).isTrue();
            child.signal(Signal.CONT);
            child.awaitLine(next::equals, DEADLINE);
        }
    }

    @Test
    void theServerOfAKilledJvmDoesNotOutliveItForLong() {
        assumeTrue(Signal.supported(), "Without signals there is no watchdog");
        try (ChildJvm child = start("server")) {
            String line = child.awaitLine(printed -> printed.startsWith("port "), DEADLINE);
            int port = Integer.parseInt(line.substring("port ".length()));
            assertThat(listens(port)).isTrue();
            child.kill();
            long end = System.nanoTime() + DEADLINE.toNanos();
            while (listens(port)) {
                assertThat(System.nanoTime()).as("the server outlives its JVM").isLessThan(end);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private ChildJvm start(String argument, String... options) {
        return ChildJvm.start(Child.class, directory.resolve(argument + ".out"), List.of(options), argument);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 1000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
