package dev.realtime.internal.bus;

import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.internal.binding.BoundChange;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a handler until it has handled a change, or its policy says that it is enough. Confined to the subscription's
 * thread, but for what it tells of its progress and for {@link #end}.
 */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final SubscriptionSpec spec;
    private final Backoff backoff;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long handled;
    private volatile long skipped;
    private volatile int failures;
    private volatile @Nullable Throwable lastError;

    Attempts(SubscriptionSpec spec) {
        this.spec = spec;
        this.backoff = new Backoff(spec.retry().first(), spec.retry().most());
    }

    /**
     * Returns when the change is handled, or passed over by the policy.
     *
     * @throws GivenUp where the policy stops the subscription
     * @throws InterruptedException where its time is over
     */
    void handle(BoundChange<?> change) throws GivenUp, InterruptedException {
        while (true) {
            if (isEnded()) {
                throw new InterruptedException("The subscription's time is over");
            }
            try {
                RealtimeEvent<?> event = change.event(failures > 0);
                if (spec.filter().wants(event)) {
                    spec.handler().handle(event);
                    handled++; // one writer: this thread
                }
                failures = 0;
                return;
            } catch (Exception e) {
                if (isGivenUp(change, e)) {
                    return;
                }
            } finally {
                clearInterrupt();
            }
        }
    }

    /** Whether no further attempt is wanted. */
    boolean isEnded() {
        return ended.getCount() == 0;
    }

    /** A handler may leave its thread interrupted; that is not for us, unless its time is over. */
    private void clearInterrupt() {
        if (!isEnded()) {
            Thread.interrupted();
        }
    }

    /** Counts, tells, and waits. True where the policy passes the change over; else it is offered again. */
    private boolean isGivenUp(BoundChange<?> change, Exception e) throws GivenUp, InterruptedException {
        if (isEnded()) {
            return false;
        }
        clearInterrupt();
        int count = failures + 1;
        failures = count;
        lastError = e;
        if (count >= spec.retry().attempts()) {
            return giveUp(change, e, count);
        }
        // The first failure with its trace; then one line whenever the count has doubled.
        if (count == 1) {
            LOG.error("Subscription {} failed at {}; it is offered again", spec.name(), change.describe(), e);
        } else if (Integer.bitCount(count) == 1) {
            String kind = e.getClass().getName();
            LOG.error("Subscription {} has failed {} times at {}: {}", spec.name(), count, change.describe(), kind);
        }
        ended.await(backoff.pause(count).toNanos(), TimeUnit.NANOSECONDS);
        return false;
    }

    private boolean giveUp(BoundChange<?> change, Exception e, int count) throws GivenUp {
        if (spec.retry().exhausted() == Retry.Exhausted.SKIP) {
            LOG.error(
                    "Subscription {} goes on WITHOUT {} after {} attempts, as its policy says",
                    spec.name(),
                    change.describe(),
                    count,
                    e);
            failures = 0;
            skipped++;
            return true;
        }
        LOG.error(
                "Subscription {} stops at {} after {} attempts; its place is held",
                spec.name(),
                change.describe(),
                count,
                e);
        throw new GivenUp(e);
    }

    /** A fresh count for a subscription that was stopped and goes on. */
    void beginAnew() {
        failures = 0;
    }

    /** No further attempt: a pause ends at once. Safe to call from any thread. */
    void end() {
        ended.countDown();
    }

    void failedWith(Throwable error) {
        lastError = error;
    }

    long handled() {
        return handled;
    }

    long skipped() {
        return skipped;
    }

    int failures() {
        return failures;
    }

    @Nullable
    Throwable lastError() {
        return lastError;
    }
}
