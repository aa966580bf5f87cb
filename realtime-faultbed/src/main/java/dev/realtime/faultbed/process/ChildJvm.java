package dev.realtime.faultbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A JVM of its own, on the class path of this one, that a test may kill. Its output goes to a file, so that it never waits
 * for a reader and survives its death. It is killed with this JVM's orderly end; a main class that calls {@link #endWithParent}
 * ends also where this JVM is killed. Thread-safe.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);
    private static final int LINES_TOLD = 30;

    private final Process process;
    private final Path output;
    private final Thread hook;

    private ChildJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.hook = new Thread(process::destroyForcibly, "faultbed-child-hook");
    }

    /**
     * Starts a JVM.
     *
     * @param main its main class
     * @param output the file for what it prints, overwritten
     * @param options such as {@code -Xmx64m}
     * @param arguments for the main class
     * @return the running child, the caller's to close
     */
    public static ChildJvm start(Class<?> main, Path output, List<String> options, String... arguments) {
        try {
            // By file: a class path may be longer than a command line.
            Path classPath = Files.createTempFile("faultbed-classpath", ".arg");
            Files.writeString(
                    classPath, "-cp \"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"");
            classPath.toFile().deleteOnExit();
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.add("@" + classPath);
            command.add(main.getName());
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            ChildJvm child = new ChildJvm(process, output);
            Runtime.getRuntime().addShutdownHook(child.hook);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a JVM for " + main.getName(), e);
        }
    }

    /**
     * Called by a child: ends it at once when its parent has died, however that was.
     */
    public static void endWithParent() {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nothing is ever said.
                        }
                    } catch (IOException gone) {
                        // As good as the end.
                    }
                    Runtime.getRuntime().halt(1);
                },
                "faultbed-parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The child's process id.
     *
     * @return a process id of this system
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Whether the child lives; a frozen one does.
     *
     * @return false after its end
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * What the child has printed.
     *
     * @return its whole lines, and what there is of the last
     */
    public List<String> lines() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what the child printed", e);
        }
    }

    /**
     * Waits until the child has printed a certain line.
     *
     * @param wanted which
     * @param deadline how long to wait
     * @return the first such line
     * @throws AssertionError where it does not come in time, or the child ends before; the message holds what it printed last
     */
    public String awaitLine(Predicate<String> wanted, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            boolean last = !isAlive() || System.nanoTime() > end;
            List<String> lines = lines();
            for (String line : lines) {
                if (wanted.test(line)) {
                    return line;
                }
            }
            if (last) {
                throw new AssertionError("The child " + (isAlive() ? "did not print" : "ended without printing")
                        + " the line within " + deadline + ". It printed last:\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size())));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /**
     * Sends the child a signal.
     *
     * @param signal which; {@link Signal#STOP} freezes it until {@link Signal#CONT}
     */
    public void signal(Signal signal) {
        signal.sendTo(process.pid());
    }

    /** Kills the child, with no chance to clean up, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(30));
    }

    /**
     * Asks the child to end, so that its shutdown hooks run, and waits until it is gone. On Windows it is killed.
     *
     * @param deadline how long to wait
     * @return its exit code
     * @throws AssertionError where it is not gone in time
     */
    public int terminate(Duration deadline) {
        if (Signal.supported()) {
            // Not by Process.destroy(): that closes the child's standard input too, which tells it that its parent
            // died.
            signal(Signal.TERM);
        } else {
            process.destroy();
        }
        return awaitExit(deadline);
    }

    /**
     * Waits until the child is gone.
     *
     * @param deadline how long to wait
     * @return its exit code
     * @throws AssertionError where it is not gone in time
     */
    public int awaitExit(Duration deadline) {
        try {
            if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("The child does not end within " + deadline);
    }

    /** Kills the child if it lives. */
    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook finds the child dead.
        }
    }
}
