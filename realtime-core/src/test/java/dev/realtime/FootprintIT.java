package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.support.Connections;
import dev.realtime.support.Link;
import dev.realtime.support.ReconnectingChild;
import dev.realtime.support.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stream takes of server and process does not grow with its reconnects. */
@Execution(CONCURRENT)
class FootprintIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @ParameterizedTest
    @CsvSource({"PLAIN, 200", "TLS, 200"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "file descriptors are counted in /proc/self/fd")
    void reconnects_leave_nothing_behind(Link link, int cuts, @TempDir Path directory) throws Exception {
        try (PostgresServer server = PostgresServer.builder().start();
                Stage stage = new Stage(server, link);
                Connections connections = Connections.of(stage.database(), "realtime:" + stage.slot());
                ChildJvm child = ChildJvm.start(
                        ReconnectingChild.class,
                        directory.resolve("child.out"),
                        List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        stage.url(),
                        stage.slot(),
                        Integer.toString(cuts))) {
            long begun = System.nanoTime();
            String last = child.awaitLine(line -> line.startsWith(ReconnectingChild.LAST), PATIENCE);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            String first = child.awaitLine(line -> line.startsWith(ReconnectingChild.FIRST), PATIENCE);
            System.out.printf("%d reconnects, %s, in %d ms: %s; %s%n", cuts, link, took.toMillis(), last, connections);

            assertThat(last.substring(ReconnectingChild.LAST.length()))
                    .isEqualTo(first.substring(ReconnectingChild.FIRST.length()));
            assertThat(connections.mostReplicating()).isEqualTo(1);
            assertThat(connections.mostOthers()).isLessThanOrEqualTo(1);
            assertThat(child.awaitLine(line -> line.startsWith(ReconnectingChild.CLOSED), PATIENCE))
                    .doesNotContain("realtime");
        }
    }
}
