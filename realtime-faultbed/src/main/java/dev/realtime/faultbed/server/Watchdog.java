package dev.realtime.faultbed.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cleans up after a JVM that was killed before it could: a shell that waits for the end of its standard input, which the
 * kernel closes however the JVM dies. On Windows there is none, and a killed JVM leaves its server. Confined to the thread
 * that starts and stops the server.
 */
final class Watchdog {

    /** A line is the release, the end of the input is the death. */
    private static final String SCRIPT =
            "trap '' INT TERM HUP; if read -r line; then exit 0; fi; d=$1; shift; \"$@\"; [ -n \"$d\" ] && rm -rf \"$d\"";

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    /**
     * Starts watching.
     *
     * @param directory what to delete after the command, or empty
     * @param command what to run if this JVM dies
     */
    static Watchdog over(String directory, List<String> command) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", SCRIPT, "faultbed-watchdog", directory));
        line.addAll(command);
        try {
            return new Watchdog(new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot watch over the server", e);
        }
    }

    /** Ends the watch without running the command. */
    static void release(@Nullable Watchdog watchdog) {
        if (watchdog == null) {
            return;
        }
        try (OutputStream in = watchdog.shell.getOutputStream()) {
            in.write("released\n".getBytes(StandardCharsets.US_ASCII));
            in.flush();
            if (!watchdog.shell.waitFor(5, TimeUnit.SECONDS)) {
                watchdog.shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new IllegalStateException("The watch over the server has ended before the server", e);
        } catch (InterruptedException e) {
            watchdog.shell.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
