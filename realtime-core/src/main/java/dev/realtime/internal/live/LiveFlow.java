package dev.realtime.internal.live;

import dev.realtime.event.LiveCounts;
import dev.realtime.event.LiveItem;
import dev.realtime.event.LiveSubscription;
import dev.realtime.event.Overflow;
import dev.realtime.internal.binding.BoundChange;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber and its demand. Its signals are given by one thread at a time, whichever of the pool's it is: who finds
 * the count of wakes at 0 sends it there, and it stays there until the count is 0 again.
 */
final class LiveFlow<T> implements LiveSubscription, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFlow.class);
    /** How many items before it is another subscriber's turn. */
    private static final int TURN = 32;

    private final LiveLog log;
    private final Overflow overflow;
    private final LiveThreads threads;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger wakes = new AtomicInteger(1);
    private volatile @Nullable Throwable failure;
    private volatile boolean cancelled;

    // Guarded by the log
    private @Nullable Backlog backlog;
    private long begunAt;
    private long goneAt = -1;
    private long taken;

    /** Written by the thread that gives the signals. */
    private volatile long delivered;

    // Confined to the thread that gives the signals
    private Flow.@Nullable Subscriber<? super LiveItem<T>> subscriber;
    private final ArrayDeque<Taken> inHand = new ArrayDeque<>();
    private boolean missedTold;
    private boolean overrun;

    LiveFlow(LiveLog log, Overflow overflow, LiveThreads threads, Flow.Subscriber<? super LiveItem<T>> subscriber) {
        this.log = log;
        this.overflow = overflow;
        this.threads = threads;
        this.subscriber = subscriber;
    }

    /** To be called once, by who subscribes; the signals come behind it. */
    void start() {
        log.join(this, overflow);
        try {
            Objects.requireNonNull(subscriber).onSubscribe(this);
        } catch (Throwable thrown) {
            cancel();
            LOG.error("A live subscriber to {} threw in onSubscribe and is left", log.entity(), thrown);
        }
        threads.execute(this);
    }

    // The side of the log, guarded by it

    Overflow overflow() {
        return overflow;
    }

    void begin(Backlog begun, long head) {
        backlog = begun;
        begunAt = head;
    }

    Backlog backlog() {
        return Objects.requireNonNull(backlog);
    }

    void took(int changes) {
        taken += changes;
    }

    boolean isGone() {
        return goneAt >= 0;
    }

    void go(long head) {
        goneAt = head;
        backlog().release();
        backlog = null;
    }

    /** It ends with an error, as soon as its thread gets there. */
    void fail(Throwable error) {
        if (failure == null) {
            failure = error;
        }
    }

    // The side of the subscriber

    @Override
    public LiveCounts counts() {
        synchronized (log) {
            long handed = delivered;
            if (isGone()) {
                long published = goneAt - begunAt;
                return new LiveCounts(published, handed, published - handed, 0);
            }
            long published = log.head() - begunAt;
            long queued = backlog().queued() + taken - handed;
            return new LiveCounts(published, handed, published - handed - queued, queued);
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            fail(new IllegalArgumentException(
                    "A subscriber requests at least 1 item, not " + n + " (Reactive Streams 1.0.4, rule 3.9)"));
        } else {
            demand.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
        }
        wake();
    }

    @Override
    public void cancel() {
        cancelled = true;
        log.leave(this);
        wake(); // to forget the subscriber
    }

    /** There may be something to do. Safe to call from any thread. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            threads.execute(this);
        }
    }

    // The side of the thread that gives the signals

    @Override
    public void run() {
        int seen = wakes.get();
        do {
            long begun = System.nanoTime();
            overrun = false;
            int left = turn();
            if (overrun) {
                threads.overrun(System.nanoTime() - begun);
            }
            if (left == 0) {
                threads.execute(this);
                return;
            }
            seen = wakes.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Returns 0 where there may be more to do. */
    private int turn() {
        try {
            return signal(TURN);
        } catch (Throwable error) { // of ours, such as a lack of memory: nobody may wait for ever
            Flow.Subscriber<? super LiveItem<T>> to = subscriber;
            if (to != null) {
                end(to, error);
            }
            return TURN;
        }
    }

    /** Gives signals for as long as there are any; returns how many more might be given now. */
    private int signal(int most) {
        for (int left = most; left > 0; left--) {
            Flow.Subscriber<? super LiveItem<T>> to = subscriber;
            if (to == null) {
                return left;
            }
            if (cancelled) {
                forget();
                return left;
            }
            Throwable broken = failure;
            if (broken != null) {
                end(to, broken);
                return left;
            }
            LiveEnd end = log.end();
            long wanted = demand.get();
            if (wanted > 0 && inHand.isEmpty()) {
                log.take(this, inHand, (int) Math.min(wanted, left));
            }
            if (wanted == 0 || inHand.isEmpty() || end != null && end.isOver()) {
                if (end == null) {
                    return left;
                }
                end(to, end.error());
                return left;
            }
            next(to);
        }
        return 0;
    }

    private void next(Flow.Subscriber<? super LiveItem<T>> to) {
        Taken next = inHand.element();
        BoundChange<?> change = next.change();
        overrun |= next.missed() + next.coalesced() > 0;
        if (next.missed() > 0 && !missedTold) {
            missedTold = true;
            if (change == null) {
                inHand.remove();
                missedTold = false;
            }
            give(to, LiveItem.lagged(next.missed()));
        } else if (change != null) {
            inHand.remove();
            missedTold = false;
            LiveItem<T> item = item(next, change);
            delivered++; // one writer: whoever gives the signals
            give(to, item);
        }
    }

    @SuppressWarnings("unchecked") // the log is the entity's
    private LiveItem<T> item(Taken next, BoundChange<?> untyped) {
        BoundChange<T> change = (BoundChange<T>) untyped;
        try {
            return LiveItem.of(next.followed() ? change.event(false) : change.eventWithoutPast(), next.coalesced());
        } catch (Exception e) {
            return LiveItem.undecodable(change.entityName(), change.action(), change.position(), e, next.coalesced());
        }
    }

    private void give(Flow.Subscriber<? super LiveItem<T>> to, LiveItem<T> item) {
        demand.getAndUpdate(had -> had == Long.MAX_VALUE ? had : had - 1);
        try {
            to.onNext(item);
        } catch (Throwable thrown) {
            forget();
            log.leave(this);
            LOG.error("A live subscriber to {} threw in onNext and is left", log.entity(), thrown);
        }
    }

    private void end(Flow.Subscriber<? super LiveItem<T>> to, @Nullable Throwable error) {
        forget();
        log.leave(this);
        try {
            if (error == null) {
                to.onComplete();
            } else {
                to.onError(error);
            }
        } catch (Throwable thrown) {
            LOG.error("A live subscriber to {} threw at the end of its stream", log.entity(), thrown);
        }
    }

    private void forget() {
        subscriber = null;
        inHand.clear();
    }
}
