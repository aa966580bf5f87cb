package dev.realtime.internal.bus;

import dev.realtime.error.FencedException;
import dev.realtime.error.GapException;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.internal.binding.BoundChange;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a handler until it has handled a change, or its policy says that it is enough. Confined to the subscription's
 * thread, but for what it tells of its progress and for {@link #end}.
 */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final SubscriptionSpec spec;
    private final Parking parking;
    private final Backoff backoff;
    private final RunningCalls calls;
    /** Held while the handler runs: what was put aside is offered again on another thread, but never beside another event. */
    private final ReentrantLock offering = new ReentrantLock();

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long handled;
    private volatile long skipped;
    private volatile long parked;
    private volatile long covered;
    private volatile int failures;
    private volatile @Nullable Throwable lastError;

    Attempts(SubscriptionSpec spec, Parking parking) {
        this.spec = spec;
        this.parking = parking;
        this.calls = new RunningCalls(spec.name(), spec.timeout());
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
                    offer(event);
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

    private void offer(RealtimeEvent<?> event) throws Exception {
        offering.lock();
        RunningCalls.Running running = calls.begin(event::eventId);
        try {
            spec.handler().handle(event);
        } finally {
            running.close();
            offering.unlock();
        }
    }

    /** Offers a change once more that was put aside, on the calling thread. */
    void replay(BoundChange<?> change) throws Exception {
        RealtimeEvent<?> event = change.event(true);
        if (spec.filter().wants(event)) {
            offer(event);
        }
    }

    /** The calls of the handler that run at the moment. */
    RunningCalls calls() {
        return calls;
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
        if (e instanceof FencedException || e instanceof GapException) {
            LOG.error("Subscription {} stops at {}; its place is held", spec.name(), change.describe(), e);
            throw new GivenUp(e); // whatever its policy is: another attempt would find the same
        }
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

    private boolean giveUp(BoundChange<?> change, Exception e, int count) throws GivenUp, InterruptedException {
        if (spec.retry().exhausted() == Retry.Exhausted.PARK && isParked(change, e, count)) {
            failures = 0;
            parked++;
            return true;
        }
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

    /** Puts the change aside, however long that takes; false where it never can be. */
    private boolean isParked(BoundChange<?> change, Exception e, int count) throws InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                parking.park(spec.name(), change, count, e);
                LOG.error(
                        "Subscription {} has put {} aside after {} attempts and goes on",
                        spec.name(),
                        change.describe(),
                        count,
                        e);
                return true;
            } catch (Parking.TooLargeToPark tooLarge) {
                LOG.error(
                        "Subscription {} cannot put {} aside: {}",
                        spec.name(),
                        change.describe(),
                        tooLarge.getMessage());
                return false;
            } catch (RuntimeException failure) {
                lastError = failure;
                if (Integer.bitCount(tried) == 1) {
                    LOG.error(
                            "Subscription {} is held at {}, which it cannot put aside: {}",
                            spec.name(),
                            change.describe(),
                            failure.getMessage());
                }
            }
            if (ended.await(AGAIN.pause(tried).toNanos(), TimeUnit.NANOSECONDS)) {
                throw new InterruptedException("The subscription's time is over");
            }
        }
    }

    /** A fresh count, for a subscription that may have been stopped and goes on. */
    void beginAnew() {
        failures = 0;
    }

    /** No further attempt: a pause ends at once. Safe to call from any thread. */
    void end() {
        ended.countDown();
    }

    void failedWith(Throwable error) {
        failures++; // one writer: the subscription's thread
        lastError = error;
    }

    long handled() {
        return handled;
    }

    long skipped() {
        return skipped;
    }

    /** A change came again that was handled before. */
    void passedOver() {
        covered++; // one writer: the subscription's thread
    }

    long covered() {
        return covered;
    }

    long parked() {
        return parked;
    }

    int failures() {
        return failures;
    }

    @Nullable
    Throwable lastError() {
        return lastError;
    }
}
