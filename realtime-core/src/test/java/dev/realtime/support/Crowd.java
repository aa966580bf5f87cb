package dev.realtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.RealtimeStatus;
import dev.realtime.RealtimeStatus.SubscriptionState;
import dev.realtime.event.Lagged;
import dev.realtime.event.LiveCounts;
import dev.realtime.event.LiveEvent;
import dev.realtime.event.LiveHandler;
import dev.realtime.event.LiveItem;
import dev.realtime.event.LiveSubscription;
import dev.realtime.event.Overflow;
import dev.realtime.event.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/**
 * Everyone whom a fast subscription may have beside it: one that is blocked, one that fails whatever it is given, and many
 * live ones of which every second never reads.
 */
final class Crowd {

    private static final String BLOCKED = "blocked";
    private static final String FAILING = "failing";
    private static final int CAPACITY = 1_000;
    private static final List<Overflow> POLICIES =
            List.of(Overflow.dropOldest(CAPACITY), Overflow.dropNewest(CAPACITY), Overflow.coalesceById(CAPACITY));

    private final CountDownLatch released = new CountDownLatch(1);
    private final InOrder blocked = new InOrder(BLOCKED);
    private final InOrder failing = new InOrder(FAILING);
    private final List<Idle> idle = new ArrayList<>();
    private final List<Eager> eager = new ArrayList<>();

    /** A live subscription that never asks for anything. */
    private static final class Idle implements Flow.Subscriber<LiveItem<LedgerRow>> {

        private volatile LiveSubscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = (LiveSubscription) given;
        }

        @Override
        public void onNext(LiveItem<LedgerRow> item) {
            throw new IllegalStateException("Nobody asked");
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }

    /** A live subscription that takes all it can get, and counts. */
    private static final class Eager implements LiveHandler<LedgerRow> {

        private volatile long events;
        private volatile long missed;
        private volatile LiveSubscription subscription;

        @Override
        public void handle(LiveItem<LedgerRow> item) {
            if (item instanceof Lagged<LedgerRow> lagged) {
                missed += lagged.count(); // one writer: whichever thread gives the signals
            } else {
                missed += ((LiveEvent<LedgerRow>) item).coalesced();
                events++;
            }
        }

        /** Whether it was told of everything: what it got, and how much it did not get. */
        boolean isServed(long rows) {
            LiveCounts counts = subscription.counts();
            return counts.published() == rows
                    && counts.queued() == 0
                    && counts.delivered() == events
                    && counts.dropped() == missed;
        }
    }

    /** The durable ones. */
    RealtimeBuilder with(RealtimeBuilder builder) {
        return builder.subscribe(
                        LedgerRow.class,
                        s -> s.named(BLOCKED).each(event -> {
                            released.await();
                            blocked.handle(event);
                        }))
                .subscribe(
                        LedgerRow.class,
                        s -> s.named(FAILING)
                                .retrying(Retry.exponential(Duration.ofMillis(1), Duration.ofMillis(100)))
                                .each(event -> {
                                    if (released.getCount() > 0) {
                                        throw new IllegalStateException("planned");
                                    }
                                    failing.handle(event);
                                }));
    }

    /** The live ones. */
    void join(Realtime realtime, int count) {
        for (int i = 0; i < count / 2; i++) {
            Overflow overflow = POLICIES.get(i % POLICIES.size());
            Idle reluctant = new Idle();
            realtime.live(LedgerRow.class, overflow).subscribe(reluctant);
            idle.add(reluctant);
            Eager keen = new Eager();
            keen.subscription = realtime.live(LedgerRow.class, overflow, keen);
            eager.add(keen);
        }
    }

    /** Waits until those that do not go on have left the stream to the others. */
    static void awaitLeftBehind(Realtime realtime, Duration patience) {
        Stage.await(patience).until(() -> isLeftBehind(realtime, BLOCKED) && isLeftBehind(realtime, FAILING));
    }

    private static boolean isLeftBehind(Realtime realtime, String name) {
        return state(realtime, name) == SubscriptionState.CATCHING_UP;
    }

    private static SubscriptionState state(Realtime realtime, String name) {
        return realtime.status().subscriptions().stream()
                .filter(subscription -> subscription.name().equals(name))
                .map(RealtimeStatus.Subscription::state)
                .findFirst()
                .orElseThrow();
    }

    /** Checks what the live ones got of so many rows, once they have taken what waits. */
    void checkSums(Realtime realtime, long rows, Duration patience) {
        for (Eager each : eager) {
            Stage.await(patience).until(() -> each.isServed(rows));
        }
        for (Idle each : idle) {
            LiveCounts counts = each.subscription.counts();
            assertThat(counts.published()).isEqualTo(rows);
            assertThat(counts.delivered()).isZero();
            assertThat(counts.queued()).isBetween(1L, (long) CAPACITY);
        }
        assertThat(realtime.status().live().get(0).counts().published()).isEqualTo(rows * (eager.size() + idle.size()));
    }

    /** Lets go of those that were left behind, and waits until they have got everything in order. */
    void release(Realtime realtime, long rows, Duration patience) {
        released.countDown();
        Stage.await(patience).until(() -> blocked.count() >= rows && failing.count() >= rows);
        Stage.await(patience)
                .until(() -> state(realtime, BLOCKED) == SubscriptionState.STREAMING
                        && state(realtime, FAILING) == SubscriptionState.STREAMING);
        assertThat(List.of(blocked.count(), failing.count())).containsOnly(rows);
    }
}
