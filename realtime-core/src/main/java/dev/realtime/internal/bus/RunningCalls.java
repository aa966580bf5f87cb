package dev.realtime.internal.bus;

import dev.realtime.event.Overtime;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of a subscription's handler that run at the moment, and which of them take too long. Thread-safe. */
final class RunningCalls {

    private static final Logger LOG = LoggerFactory.getLogger(RunningCalls.class);
    private static final Running UNWATCHED = () -> {};

    private final String subscription;
    private final @Nullable HandlerTimeout timeout;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    /** A call that has begun; closed where it ends. */
    @FunctionalInterface
    interface Running extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * @param subscription its name
     * @param timeout how long a call should take at most; null where nobody minds
     */
    RunningCalls(String subscription, @Nullable HandlerTimeout timeout) {
        this.subscription = subscription;
        this.timeout = timeout;
    }

    /** The calling thread is about to call the handler. */
    Running begin(Supplier<String> what) {
        if (timeout == null) {
            return UNWATCHED;
        }
        Call call = new Call(what);
        calls.add(call);
        return call;
    }

    /** Tells of the calls that take too long, of each once. */
    void check() {
        HandlerTimeout limit = timeout;
        if (limit != null) {
            calls.forEach(call -> call.check(limit));
        }
    }

    /** How often to check, in nanoseconds; {@link Long#MAX_VALUE} for never. */
    long tickNanos() {
        return timeout == null ? Long.MAX_VALUE : Math.max(1, timeout.after().toNanos() / 4);
    }

    /** Since when a call runs that takes too long, null where none does. */
    @Nullable
    Instant overdueSince() {
        Instant first = null;
        for (Call call : calls) {
            Instant since = call.overdueSince;
            if (since != null && (first == null || since.isBefore(first))) {
                first = since;
            }
        }
        return first;
    }

    private final class Call implements Running {

        private final Thread thread = Thread.currentThread();
        private final long beganNanos = System.nanoTime();
        private final Supplier<String> what;
        private boolean over;
        private volatile @Nullable Instant overdueSince;

        Call(Supplier<String> what) {
            this.what = what;
        }

        @Override
        public synchronized void close() {
            over = true;
            calls.remove(this);
        }

        /** The call cannot end meanwhile, so that neither the stack nor the interrupt is another one's. */
        synchronized void check(HandlerTimeout limit) {
            long took = System.nanoTime() - beganNanos;
            if (over || overdueSince != null || took < limit.after().toNanos()) {
                return;
            }
            overdueSince = Instant.now().minusNanos(took);
            Throwable doing = new Throwable("What " + thread.getName() + " is doing");
            doing.setStackTrace(thread.getStackTrace());
            boolean interrupts = limit.then() == Overtime.INTERRUPT;
            LOG.warn(
                    "The handler of subscription {} has been at {} for {} ms, longer than {} (handlerTimeout){}",
                    subscription,
                    what.get(),
                    took / 1_000_000,
                    limit.after(),
                    interrupts ? ", and is interrupted" : "; it goes on, and what comes behind waits",
                    doing);
            if (interrupts) {
                thread.interrupt();
            }
        }
    }
}
