package dev.realtime.internal.engine;

import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import dev.realtime.internal.replication.WalStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database on behalf of a reader: the question waits for its answer on a thread of its own, for as long as that
 * takes, and the reader goes on telling the server of its stream that it lives. An interrupt of the reader ends the wait,
 * and the end of the time for a stop.
 * Confined to the reader.
 */
final class Questions {

    private static final long TICK_NANOS = Duration.ofMillis(100).toNanos();
    private static final long GIVE_UP_NANOS = Duration.ofSeconds(5).toNanos();
    /** A cancellation that came between two statements had no effect. */
    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final String reader;
    private final Stop stop;
    private final Runnable cancel;
    private @Nullable WalStream stream;

    /**
     * @param reader names the threads
     * @param stop where its time is over, no answer is waited for
     * @param cancel ends the statement that a question waits for
     */
    Questions(String reader, Stop stop, Runnable cancel) {
        this.reader = reader;
        this.stop = stop;
        this.cancel = cancel;
    }

    /** The stream whose server must hear of us meanwhile; null between two sessions. */
    void keepAlive(@Nullable WalStream alive) {
        stream = alive;
    }

    <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> answer(question, answer), reader + "-question");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return answer.get(TICK_NANOS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                WalStream alive = stream;
                if (alive != null) {
                    alive.sendStatusIfDue();
                }
                if (stop.isOverdue()) {
                    throw new ConnectException("Stopped while it waited for the database's answer", null, e);
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error; // nobody may swallow it, whichever thread it came on
                }
                throw e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new RealtimeException("A question to the database failed", e.getCause());
            } catch (InterruptedException e) {
                giveUp(thread);
                Thread.currentThread().interrupt();
                throw new ConnectException("Cut while it waited for the database's answer", null, e);
            }
        }
    }

    /** Nobody waits for the answer any more, so nothing may happen on the server for it: it begins no other statement. */
    private void giveUp(Thread asking) {
        asking.interrupt();
        long until = System.nanoTime() + GIVE_UP_NANOS;
        try {
            while (asking.isAlive() && System.nanoTime() - until < 0) {
                cancel.run();
                TimeUnit.NANOSECONDS.timedJoin(asking, AGAIN_NANOS);
            }
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> void answer(Supplier<T> question, CompletableFuture<T> answer) {
        try {
            answer.complete(question.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }
}
