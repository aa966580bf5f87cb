package dev.realtime.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Insert;
import dev.realtime.event.Lagged;
import dev.realtime.event.LiveCounts;
import dev.realtime.event.LiveEvent;
import dev.realtime.event.LiveItem;
import dev.realtime.event.LiveSubscription;
import dev.realtime.event.Overflow;
import dev.realtime.event.Update;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.support.Eventually;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Published is delivered and dropped and queued, by the subscription's own count and by what its subscriber saw, whoever
 * publishes, asks and cancels at the same time.
 */
class SumsTest {

    private static final int CHANGES = 4_000;
    private static final int KEYS = 40;

    /**
     * Asks for a few at a time, in a rhythm of its own, and checks what it gets against the whole history. Its methods are
     * called one at a time; what the test reads of it, it reads behind the end.
     */
    private static final class Auditor implements Flow.Subscriber<LiveItem<Page>> {

        private final Overflow overflow;
        private final Random random;
        private final Map<Object, String> known = new HashMap<>();
        private final List<String> violations = new ArrayList<>();
        private Flow.@Nullable Subscription subscription;
        private long accounted;
        private long delivered;
        private volatile boolean ended;
        volatile @Nullable LiveSubscription live;

        Auditor(Overflow overflow, long seed) {
            this.overflow = overflow;
            this.random = new Random(seed);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            live = (LiveSubscription) given;
            given.request(1 + random.nextInt(3));
        }

        @Override
        public void onNext(LiveItem<Page> item) {
            if (item instanceof Lagged<Page> lagged) {
                accounted += lagged.count();
                known.clear(); // it has to ask the database
            } else if (item instanceof LiveEvent<Page> event) {
                accounted += event.coalesced() + 1;
                delivered++;
                // Title n is that of the n-th change.
                String place = Long.toString(accounted - 1);
                String title = null;
                String key = null;
                if (event.event() instanceof Insert<Page> insert) {
                    title = insert.after().title;
                    key = insert.id().toString();
                } else if (event.event() instanceof Update<Page> update) {
                    title = update.after().title;
                    key = update.id().toString();
                    if (update.before().isPresent() && known.containsKey(key)) {
                        check(
                                known.get(key).equals(update.before().get().title),
                                "what it saw last is not before " + item);
                    }
                }
                check(place.equals(title), item + " has title " + title + " at place " + place);
                if (key != null && title != null) {
                    known.put(key, title);
                }
            }
            if (random.nextInt(3) == 0) {
                Thread.yield();
            }
            subscription.request(1 + random.nextInt(2));
        }

        void check(boolean holds, String violation) {
            if (!holds) {
                violations.add(overflow + ": " + violation);
            }
        }

        @Override
        public void onError(Throwable error) {
            ended = true;
        }

        @Override
        public void onComplete() {
            ended = true;
        }
    }

    @RepeatedTest(5)
    void the_sums_add_up_and_nothing_is_told_that_the_subscriber_cannot_rely_on() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("The seed of the sums is " + seed);
        Random random = new Random(seed);
        Page.Table table = new Page.Table('f');
        try (Streams streams = new Streams()) {
            List<Auditor> auditors = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                int capacity = 1 + random.nextInt(300);
                Overflow overflow = switch (i % 4) {
                    case 0 -> Overflow.dropOldest(capacity);
                    case 1 -> Overflow.dropNewest(capacity);
                    case 2 -> Overflow.coalesceById(1 + random.nextInt(2 * KEYS));
                    default -> Overflow.disconnect(capacity);
                };
                auditors.add(new Auditor(overflow, random.nextLong()));
            }
            for (Auditor auditor : auditors) {
                streams.all().<Page>publisher(0, auditor.overflow).subscribe(auditor);
            }
            AtomicReference<Throwable> failed = new AtomicReference<>();
            Thread asking = new Thread(
                    () -> {
                        try {
                            while (!Thread.currentThread().isInterrupted()) {
                                auditors.forEach(auditor -> auditor.live.counts()); // which refuse what does not add up
                                streams.all().progress();
                            }
                        } catch (Throwable thrown) {
                            failed.set(thrown);
                        }
                    },
                    "asking for the sums");
            asking.start();
            publish(streams, table, random, auditors.get(0), auditors.get(1));
            // Whoever asks again and again gets everything that was not dropped.
            Eventually.equal(0L, () -> streams.all().progress().get(0).counts().queued());
            asking.interrupt();
            asking.join();
            streams.all().end(null);
            Eventually.equal(0, () -> streams.all().progress().get(0).subscriptions());

            assertThat(failed.get()).isNull();
            for (Auditor auditor : auditors) {
                LiveCounts counts = auditor.live.counts();
                assertThat(auditor.violations).isEmpty();
                assertThat(counts.delivered()).as("%s", auditor.overflow).isEqualTo(auditor.delivered);
                if (auditor != auditors.get(0) && auditor.overflow.policy() != Overflow.Policy.DISCONNECT) {
                    Eventually.equal(true, () -> auditor.ended);
                    assertThat(counts.published()).as("%s", auditor.overflow).isEqualTo(CHANGES);
                    assertThat(auditor.accounted).as("%s", auditor.overflow).isEqualTo(CHANGES);
                }
            }
        }
    }

    private static void publish(Streams streams, Page.Table table, Random random, Auditor leaving, Auditor staying) {
        Map<String, String> titles = new HashMap<>();
        List<BoundChange<?>> batch = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            String key = "k" + random.nextInt(KEYS);
            String title = Integer.toString(i);
            String old = titles.put(key, title);
            batch.add(old == null ? table.insert(key, title) : table.update(key, old, key, title));
            if (random.nextInt(20) == 0) {
                streams.leave(batch.toArray(BoundChange<?>[]::new));
                batch.clear();
            }
            if (i == CHANGES / 2) {
                leaving.live.cancel();
            }
        }
        streams.leave(batch.toArray(BoundChange<?>[]::new));
        Eventually.equal((long) CHANGES, () -> staying.live.counts().published());
    }
}
