package dev.realtime.internal.engine;

import dev.realtime.error.RealtimeException;
import dev.realtime.event.Gap;
import dev.realtime.event.Signal;
import dev.realtime.event.SignalHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application what the stream says of itself: one signal after the other, on one thread of its own, which is
 * there from the first signal to the end of the stream. Thread-safe.
 */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private static final long LAST_WORD_NANOS = Duration.ofSeconds(1).toNanos();

    private record Telling(Signal signal, CompletableFuture<Boolean> told) {}

    private final String threadName;
    private final List<SignalHandler<? super Signal>> handlers;
    private final LinkedBlockingQueue<Telling> queue = new LinkedBlockingQueue<>();
    private @Nullable Thread thread;
    private boolean closed;
    private volatile @Nullable Gap lastGap;

    /**
     * @param slot names the thread
     * @param handlers the application's, in the order in which they are told
     */
    Signals(String slot, List<SignalHandler<? super Signal>> handlers) {
        this.threadName = "realtime-" + slot + "-signals";
        this.handlers = List.copyOf(handlers);
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RealtimeException("Interrupted while a handler was told of " + what(signal), e);
        }
    }

    /** Tells it when its turn comes; a failure is logged. */
    void tellLater(Signal signal) {
        begin(signal).whenComplete((told, failure) -> {
            if (failure != null) {
                LOG.error("A handler failed to note {}", what(signal), failure);
            }
        });
    }

    boolean isOwnThread() {
        synchronized (this) {
            return Thread.currentThread() == thread;
        }
    }

    /** Nothing is told any more; a handler that has not returned is interrupted. */
    void close() {
        Thread telling;
        synchronized (this) {
            closed = true;
            telling = thread;
        }
        List<Telling> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(untold -> untold.told().cancel(false));
        if (telling != null && telling != Thread.currentThread()) {
            telling.interrupt();
            try {
                TimeUnit.NANOSECONDS.timedJoin(telling, LAST_WORD_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private CompletableFuture<Boolean> begin(Signal signal) {
        if (signal instanceof Gap gap) {
            lastGap = gap;
        }
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        synchronized (this) {
            if (handlers.isEmpty() || closed) {
                told.complete(!closed);
                return told;
            }
            if (thread == null) {
                thread = new Thread(this::run, threadName);
                thread.setDaemon(true);
                thread.start();
            }
            queue.add(new Telling(signal, told));
        }
        return told;
    }

    private void run() {
        try {
            while (!isClosed()) {
                Telling next = queue.take();
                try {
                    for (SignalHandler<? super Signal> handler : handlers) {
                        handler.handle(next.signal());
                    }
                    next.told().complete(true);
                } catch (InterruptedException e) {
                    next.told().completeExceptionally(e);
                    Thread.currentThread().interrupt();
                } catch (Exception | Error e) {
                    next.told().completeExceptionally(e);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private static String what(Signal signal) {
        return signal.getClass().getSimpleName() + (signal instanceof Gap gap ? " (" + gap.reason() + ")" : "");
    }
}
