package dev.realtime.internal.bus;

import dev.realtime.error.FencedException;
import dev.realtime.error.GapException;
import dev.realtime.event.Retry;
import dev.realtime.internal.binding.BoundChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription's policy for what its handler could not handle: when it is offered again, and when that is enough. What is
 * offered at once is a unit: a change, a batch, a chunk of a transaction. Thread-safe; the number of handled events has one
 * writer, the subscription's thread.
 */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** In place of a pause: the policy goes on without the unit. */
    static final long PASSED_OVER = -1;

    private static final Backoff PARKING_AGAIN = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final SubscriptionSpec spec;
    private final Parking parking;
    private final Backoff backoff;
    private final RunningCalls calls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    /** How many units have failed and are not handled yet. */
    private int failing;

    private volatile boolean ended;
    private volatile boolean halted;
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

    /** The calls of the handler that run at the moment. */
    RunningCalls calls() {
        return calls;
    }

    /** Whether no further attempt is wanted: the subscription's time is over. */
    boolean isEnded() {
        return ended;
    }

    /** Whether the policy has stopped the subscription, so that nothing is offered again for now. */
    boolean isHalted() {
        return halted;
    }

    /** The handler has handled so many events. */
    void handled(int events) {
        handled += events; // one writer: the subscription's thread
    }

    /** A unit that had failed so often is out of the way. */
    void overcome(int failuresBefore) {
        if (failuresBefore > 0) {
            lock.lock();
            try {
                failing = Math.max(0, failing - 1);
                failures = failing == 0 ? 0 : failures;
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * A unit has failed: counts and tells it.
     *
     * @param unit its changes
     * @param count how often it has failed in a row, from 1
     * @return how many nanoseconds to wait before it is offered again, or {@link #PASSED_OVER}
     * @throws GivenUp where the policy stops the subscription there
     * @throws InterruptedException where the subscription's time is over
     */
    long failed(List<BoundChange<?>> unit, int count, Throwable e) throws GivenUp, InterruptedException {
        lock.lock();
        try {
            failing += count == 1 ? 1 : 0;
            failures = count;
            lastError = e;
        } finally {
            lock.unlock();
        }
        if (e instanceof FencedException || e instanceof GapException) {
            LOG.error("Subscription {} stops at {}; its place is held", spec.name(), describe(unit), e);
            halt();
            throw new GivenUp(e); // whatever its policy is: another attempt would find the same
        }
        if (count >= spec.retry().attempts()) {
            giveUp(unit, e, count);
            overcome(count);
            return PASSED_OVER;
        }
        // The first failure with its trace; then one line whenever the count has doubled.
        if (count == 1) {
            LOG.error("Subscription {} failed at {}; it is offered again", spec.name(), describe(unit), e);
        } else if (Integer.bitCount(count) == 1) {
            String kind = e.getClass().getName();
            LOG.error("Subscription {} has failed {} times at {}: {}", spec.name(), count, describe(unit), kind);
        }
        return backoff.pause(count).toNanos();
    }

    /** The attempts are over. Returns where the subscription goes on without the unit. */
    private void giveUp(List<BoundChange<?>> offered, Throwable e, int count) throws GivenUp, InterruptedException {
        List<BoundChange<?>> unit = wanted(offered);
        if (spec.retry().exhausted() == Retry.Exhausted.PARK && isParked(unit, e, count)) {
            count(0, unit.size());
            return;
        }
        if (spec.retry().exhausted() == Retry.Exhausted.SKIP) {
            LOG.error(
                    "Subscription {} goes on WITHOUT {} after {} attempts, as its policy says; event ids {}",
                    spec.name(),
                    describe(unit),
                    count,
                    unit.stream().map(BoundChange::eventId).toList(),
                    e);
            count(unit.size(), 0);
            return;
        }
        LOG.error(
                "Subscription {} stops at {} after {} attempts; its place is held",
                spec.name(),
                describe(unit),
                count,
                e);
        halt();
        throw new GivenUp(e);
    }

    /** Those of a unit that the handler was to get: its filter keeps the others from it, so they need not be given up. */
    private List<BoundChange<?>> wanted(List<BoundChange<?>> unit) {
        if (unit.size() == 1 || spec.filter().predicate() == null) {
            return unit;
        }
        List<BoundChange<?>> wanted = new ArrayList<>();
        for (BoundChange<?> change : unit) {
            if (isWanted(change)) {
                wanted.add(change);
            }
        }
        return wanted.isEmpty() ? unit : wanted;
    }

    private boolean isWanted(BoundChange<?> change) {
        try {
            return spec.filter().wants(change.event(true));
        } catch (RuntimeException e) {
            return true; // it may be the one that cannot be handled
        }
    }

    private void count(int moreSkipped, int moreParked) {
        lock.lock();
        try {
            skipped += moreSkipped;
            parked += moreParked;
        } finally {
            lock.unlock();
        }
    }

    /** Puts the changes aside, however long that takes; false where one never can be. */
    private boolean isParked(List<BoundChange<?>> unit, Throwable e, int count) throws GivenUp, InterruptedException {
        for (BoundChange<?> change : unit) {
            if (!isParked(change, e, count)) {
                return false;
            }
        }
        return true;
    }

    private boolean isParked(BoundChange<?> change, Throwable e, int count) throws GivenUp, InterruptedException {
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
            pause(PARKING_AGAIN.pause(tried).toNanos());
            if (ended) {
                throw new InterruptedException("The subscription's time is over");
            }
            if (halted) {
                throw new GivenUp(null);
            }
        }
    }

    private static String describe(List<BoundChange<?>> unit) {
        String first = unit.get(0).describe();
        return unit.size() == 1 ? first : first + " and " + (unit.size() - 1) + " more, handled as one";
    }

    /** Waits before an attempt; no longer than attempts are wanted. */
    void pause(long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        await(() -> {
            lock.lockInterruptibly();
            try {
                long left;
                while ((left = until - System.nanoTime()) > 0 && !ended && !halted) {
                    over.awaitNanos(left);
                }
                return true;
            } finally {
                lock.unlock();
            }
        });
    }

    /** Something that the subscription's thread, or one of its lanes, waits for. */
    @FunctionalInterface
    interface Wait<T extends @Nullable Object> {

        /** Waits; may be called again where it was interrupted. */
        T await() throws InterruptedException;
    }

    /**
     * Waits for something. An interrupt is not for us, since a handler's thread is known to the application: it waits again,
     * unless the subscription's time is over.
     *
     * @throws InterruptedException where its time is over
     */
    <T extends @Nullable Object> T await(Wait<T> wait) throws InterruptedException {
        while (true) {
            try {
                return wait.await();
            } catch (InterruptedException e) {
                if (ended) {
                    throw e;
                }
            }
        }
    }

    /** A handler may leave its thread interrupted; that is not for us, unless its time is over. */
    void clearInterrupt() {
        if (!ended && Thread.interrupted() && ended) {
            Thread.currentThread().interrupt(); // it was the end's, which came meanwhile
        }
    }

    /** Nothing is offered again for now. */
    void halt() {
        lock.lock();
        try {
            halted = true;
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A fresh count, for a subscription that may have been stopped and goes on. */
    void beginAnew() {
        lock.lock();
        try {
            failing = 0;
            failures = 0;
            halted = false;
        } finally {
            lock.unlock();
        }
    }

    /** No further attempt, ever: a pause ends at once. */
    void end() {
        lock.lock();
        try {
            ended = true;
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The subscription stops, whatever its policy is. */
    void failedWith(Throwable error) {
        lock.lock();
        try {
            failures++;
        } finally {
            lock.unlock();
        }
        lastError = error;
    }

    /** It cannot go on for now, and that is not its handler's failure. */
    void hinderedBy(Throwable error) {
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
