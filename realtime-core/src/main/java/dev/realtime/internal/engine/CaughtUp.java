package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.setup.Database;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the mark has passed everything that is committed now. The database is asked on a thread of its own, because
 * a connection may take longer to open than the caller waits. Thread-safe.
 */
final class CaughtUp {

    private static final Duration LONGEST = Duration.ofDays(365);
    /** How long to wait before the database is asked again, and how often it is looked whether waiting makes sense. */
    private static final long TICK_NANOS = Duration.ofMillis(200).toNanos();

    private final ConfirmedMark mark;
    private final Database database;
    private final String threadName;
    private final Object moved = new Object();

    /**
     * @param mark how far the subscriptions are
     * @param database is asked how far its log is
     * @param slot names the threads
     */
    CaughtUp(ConfirmedMark mark, Database database, String slot) {
        this.mark = mark;
        this.database = database;
        this.threadName = "realtime-" + slot + "-position";
    }

    /** The mark has moved: called by the reader. */
    void markMoved() {
        synchronized (moved) {
            moved.notifyAll();
        }
    }

    /**
     * Waits.
     *
     * @param timeout how long at most, the database's answer included
     * @param hopeless whether the mark will not move by itself
     * @return whether the mark has passed what was committed
     * @throws RealtimeException where the database could not be asked
     */
    boolean await(Duration timeout, BooleanSupplier hopeless) throws InterruptedException {
        long deadline = System.nanoTime() + (timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST).toNanos();
        Lsn target = target(deadline, hopeless);
        if (target == null) {
            return false;
        }
        synchronized (moved) {
            while (Long.compareUnsigned(mark.position(), target.value()) < 0) {
                if (!pauses(deadline, hopeless)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Waits a while for the mark to move; false where the time is over or nothing can be hoped for. */
    private boolean pauses(long deadline, BooleanSupplier hopeless) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left <= 0 || hopeless.getAsBoolean()) {
            return false;
        }
        synchronized (moved) {
            TimeUnit.NANOSECONDS.timedWait(moved, Math.min(left, TICK_NANOS));
        }
        return true;
    }

    /** Behind everything that is committed now; null where the time is over before the database has answered. */
    private @Nullable Lsn target(long deadline, BooleanSupplier hopeless) throws InterruptedException {
        while (true) {
            CompletableFuture<Lsn> answer = new CompletableFuture<>();
            Thread thread = new Thread(() -> ask(answer), threadName);
            thread.setDaemon(true);
            thread.start();
            try {
                return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return null;
            } catch (ExecutionException e) {
                // A server that cannot be reached may come back in time.
                if (!(e.getCause() instanceof ConnectException) || !pauses(deadline, hopeless)) {
                    throw e.getCause() instanceof RuntimeException cause
                            ? cause
                            : new RealtimeException("The server could not be asked how far its log is", e.getCause());
                }
            }
        }
    }

    private void ask(CompletableFuture<Lsn> answer) {
        try {
            answer.complete(database.markLog());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }
}
