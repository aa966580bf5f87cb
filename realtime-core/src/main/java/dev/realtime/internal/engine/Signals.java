package dev.realtime.internal.engine;

import dev.realtime.error.RealtimeException;
import dev.realtime.event.Gap;
import dev.realtime.event.Signal;
import dev.realtime.event.SignalHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application what the stream says of itself: one signal after the other, on one thread of its own, which is
 * there from the first signal to the end of the stream. What a handler throws is told to who waits for it, and an interrupt
 * that it leaves behind is of no account: the next signal is told all the same. Thread-safe.
 */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final List<SignalHandler<? super Signal>> handlers;
    private final ExecutorService teller;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Gap lastGap;

    /**
     * @param slot names the thread
     * @param handlers the application's, in the order in which they are told
     */
    Signals(String slot, List<SignalHandler<? super Signal>> handlers) {
        this.handlers = List.copyOf(handlers);
        this.teller = Executors.newSingleThreadExecutor(run -> {
            Thread created = new Thread(run, "realtime-" + slot + "-signals");
            created.setDaemon(true);
            thread = created;
            return created;
        });
    }

    /** The last gap that was found; null where there was none. */
    @Nullable
    Gap lastGap() {
        return lastGap;
    }

    /** Tells it, and returns when every handler has. Interruptible: the signal may have been told nevertheless. */
    void tell(Signal signal) {
        try {
            begin(signal).get();
        } catch (ExecutionException e) {
            throw new RealtimeException(
                    "A handler of signals failed: the stream does not go on before " + what(signal) + " is noted",
                    e.getCause());
        } catch (CancellationException e) {
            throw new RealtimeException("The stream ended before a handler was told of " + what(signal), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RealtimeException("Interrupted while a handler was told of " + what(signal), e);
        }
    }

    /** Tells it when its turn comes; a failure is logged. */
    void tellLater(Signal signal) {
        begin(signal).whenComplete((told, failure) -> {
            if (failure != null && !(failure instanceof CancellationException)) {
                LOG.error("A handler failed to note {}", what(signal), failure);
            }
        });
    }

    boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    /** Nothing is told any more; a handler that has not returned is interrupted. */
    void close() {
        teller.shutdownNow().forEach(untold -> ((Telling) untold).told().cancel(false));
        if (!isOwnThread()) {
            try {
                teller.awaitTermination(LAST_WORD.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private CompletableFuture<Void> begin(Signal signal) {
        if (signal instanceof Gap gap) {
            lastGap = gap;
        }
        CompletableFuture<Void> told = new CompletableFuture<>();
        if (handlers.isEmpty()) {
            told.complete(null);
            return told;
        }
        try {
            teller.execute(new Telling(signal, handlers, told));
        } catch (RejectedExecutionException closed) {
            told.complete(null); // the stream has ended: there is nobody to go on without it
        }
        return told;
    }

    /** One signal for all handlers. */
    private record Telling(Signal signal, List<SignalHandler<? super Signal>> handlers, CompletableFuture<Void> told)
            implements Runnable {

        @Override
        public void run() {
            try {
                for (SignalHandler<? super Signal> handler : handlers) {
                    handler.handle(signal);
                }
                told.complete(null);
            } catch (Throwable e) {
                told.completeExceptionally(e);
            }
        }
    }

    private static String what(Signal signal) {
        return signal.getClass().getSimpleName() + (signal instanceof Gap gap ? " (" + gap.reason() + ")" : "");
    }
}
