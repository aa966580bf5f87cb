package dev.realtime.faultbed.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs one of PostgreSQL's programs to its end. Its output goes to a file: a pipe would stay open as long as the server the
 * program leaves behind. Thread-safe.
 */
final class Command {

    private static final int LINES_TOLD = 30;

    private Command() {}

    /** Runs to exit code 0, or throws what failed with the end of the output. */
    static void run(List<String> command, Path output, Duration timeout) {
        String program =
                Path.of(command.get(0)).getFileName() + " " + String.join(" ", command.subList(1, command.size()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Not done within " + timeout + ": " + program + "\n" + tail(output));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        "Exit code " + process.exitValue() + ": " + program + "\n" + tail(output));
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot run " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + program, e);
        }
    }

    static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.stream().skip(Math.max(0, lines.size() - LINES_TOLD)).collect(Collectors.joining("\n"));
    }
}
