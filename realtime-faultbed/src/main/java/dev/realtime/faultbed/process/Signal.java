package dev.realtime.faultbed.process;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A signal of POSIX (IEEE Std 1003.1, {@code kill}), sent by the {@code kill} command. Immutable. */
public enum Signal {
    /** Ends the process at once; it cannot be caught: a crash. */
    KILL,
    /** Asks the process to end: for a JVM, an orderly shutdown with its hooks. */
    TERM,
    /** Interrupts the process: for a JVM the same as {@link #TERM}, for a PostgreSQL backend the end of its query. */
    INT,
    /** Freezes the process, with its sockets left open; it cannot be caught. */
    STOP,
    /** Lets a frozen process go on. */
    CONT;

    /**
     * Whether this machine has signals at all: everywhere but on Windows.
     *
     * @return true where {@link #sendTo} works
     */
    public static boolean supported() {
        return File.separatorChar == '/';
    }

    /**
     * Sends this signal.
     *
     * @param pid the process to get it
     * @throws UnsupportedOperationException where {@link #supported()} is false
     * @throws IllegalStateException where the process is gone or belongs to someone else
     */
    public void sendTo(long pid) {
        if (!supported()) {
            throw new UnsupportedOperationException("This system has no signals: cannot send SIG" + name());
        }
        try {
            Process kill = new ProcessBuilder(List.of("kill", "-s", name(), Long.toString(pid)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("SIG" + name() + " did not reach process " + pid);
            }
        } catch (IOException e) {
            throw new IllegalStateException("SIG" + name() + " did not reach process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending SIG" + name(), e);
        }
    }
}
