package dev.realtime.support;

import dev.realtime.event.LiveCounts;
import dev.realtime.event.LiveItem;
import dev.realtime.event.LiveSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A subscriber that asks for what it is told to and keeps what it gets; two signals at once fail it. */
public final class Probe<T> implements Flow.Subscriber<LiveItem<T>> {

    private static final long PATIENCE_SECONDS = 20;

    private final LinkedBlockingQueue<LiveItem<T>> items = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicBoolean broken = new AtomicBoolean();
    private volatile LiveSubscription subscription = new NoSubscription();

    private static final class NoSubscription implements LiveSubscription {
        @Override
        public LiveCounts counts() {
            throw new IllegalStateException("onSubscribe was not called");
        }

        @Override
        public void request(long n) {
            throw new IllegalStateException("onSubscribe was not called");
        }

        @Override
        public void cancel() {}
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = (LiveSubscription) given;
    }

    @Override
    public void onNext(LiveItem<T> item) {
        serially(() -> items.add(item));
    }

    @Override
    public void onError(Throwable error) {
        serially(() -> end.completeExceptionally(error));
    }

    @Override
    public void onComplete() {
        serially(() -> end.complete(null));
    }

    private void serially(Runnable signal) {
        if (signals.getAndIncrement() != 0 || end.isDone()) {
            broken.set(true);
        }
        signal.run();
        signals.decrementAndGet();
    }

    public LiveSubscription subscription() {
        return subscription;
    }

    public LiveCounts counts() {
        return subscription.counts();
    }

    /** Asks for items and waits for them. */
    public List<LiveItem<T>> take(int count) throws InterruptedException {
        subscription.request(count);
        List<LiveItem<T>> taken = new ArrayList<>();
        while (taken.size() < count) {
            LiveItem<T> item = items.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (item == null) {
                throw new AssertionError("Only " + taken.size() + " of " + count + " items came");
            }
            taken.add(item);
        }
        return taken;
    }

    /** What has come unasked for here. */
    public List<LiveItem<T>> rest() {
        List<LiveItem<T>> rest = new ArrayList<>();
        items.drainTo(rest);
        return rest;
    }

    public boolean isEnded() {
        return end.isDone();
    }

    /** Waits for onComplete. */
    public void awaitCompletion() throws Exception {
        end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for onError. */
    public Throwable awaitError() throws Exception {
        return end.handle((nothing, error) -> error).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether the rules of the Flow were kept: one signal at a time, and none behind the last. */
    public boolean isServedByTheRules() {
        return !broken.get();
    }
}
