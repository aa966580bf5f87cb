package dev.realtime.internal.bus;

import dev.realtime.error.GapException;
import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.EntityBinding;
import dev.realtime.internal.live.LiveStreams;
import dev.realtime.internal.transaction.RowChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The subscriptions of a stream. Confined to the reader of the shared stream where a method does not say otherwise.
 */
public final class Bus implements RowSink {

    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<List<Subscription>> byEntity = new ArrayList<>();
    private final SubscriptionThreads threads;
    private final StopPoint stopPoint = new StopPoint();
    private final SpaceSignal space = new SpaceSignal();
    private final Gathered gathered = new Gathered();
    private final Queue<CatchUpLeg> joining = new ConcurrentLinkedQueue<>();
    private final QueueLimits limits;
    private final ConfirmedMark mark;
    private final LiveStreams live;

    /**
     * Subscriptions that do not run yet.
     *
     * @param slot names the threads
     * @param live the live subscriptions, which get what comes too
     * @param specs what the application subscribed to
     * @param limits the bounds of each queue
     * @param mark where each subscription's progress counts
     * @param listener told of what a subscription's thread cannot do by itself, on that thread
     */
    public Bus(
            String slot,
            LiveStreams live,
            List<SubscriptionSpec> specs,
            QueueLimits limits,
            ConfirmedMark mark,
            BusListener listener) {
        this.limits = limits;
        this.threads = new SubscriptionThreads("realtime-" + slot + "-handler-watch");
        this.mark = mark;
        this.live = live;
        for (int i = 0; i < live.entities(); i++) {
            byEntity.add(new ArrayList<>());
        }
        for (SubscriptionSpec spec : specs) {
            String name = "realtime-" + slot + "-" + spec.name();
            Subscription subscription = new Subscription(spec, name, mark.join(), stopPoint, limits, listener);
            subscription.itinerary().add(subscription.join(queue()));
            subscriptions.add(subscription);
            spec.entities().forEach(entity -> byEntity.get(entity).add(subscription));
            threads.add(subscription, name);
        }
    }

    private DeliveryQueue queue() {
        return new DeliveryQueue(limits.changes(), limits.bytes(), space::signal);
    }

    /** Starts the subscriptions' threads. */
    public void start() {
        threads.start();
    }

    @Override
    public void row(Ticket ticket, List<EntityBinding<?>> bindings, RowChange change) {
        for (EntityBinding<?> binding : bindings) {
            List<Subscription> interested = byEntity.get(binding.entityIndex());
            boolean watched = live.isWatched(binding.entityIndex());
            if (watched || !interested.isEmpty()) {
                BoundChange<?> bound = new BoundChange<>(binding, change);
                boolean wanted = row(ticket, bound, interested);
                if (watched) {
                    live.row(bound);
                }
                if (watched || wanted) {
                    gathered.add(bound.size()); // once: it is the same row for all
                }
            }
        }
    }

    /** Whether any of them wants it. */
    private boolean row(Ticket ticket, BoundChange<?> bound, List<Subscription> interested) {
        boolean wanted = false;
        for (Subscription subscription : interested) {
            Leg leg = subscription.shared();
            if (leg != null && subscription.spec().filter().wants(bound)) {
                leg.row(ticket, bound);
                wanted = true;
            }
        }
        return wanted;
    }

    @Override
    public void commit(Ticket ticket) {
        for (Subscription subscription : subscriptions) {
            Leg leg = subscription.shared();
            if (leg != null) {
                leg.commit(ticket);
            }
        }
        gathered.add(0);
    }

    @Override
    public boolean isFlushDue() {
        return gathered.isMuch();
    }

    @Override
    public boolean flush() {
        if (gathered.isNothing()) {
            return true;
        }
        live.flush();
        boolean whole = true;
        for (Subscription subscription : subscriptions) {
            Leg leg = subscription.shared();
            whole &= leg == null || leg.flush();
        }
        if (whole) {
            gathered.clear();
        }
        return whole;
    }

    /**
     * Sends off the subscriptions whose queues are full and that the reader has waited for long enough, be it at once or a
     * little again and again, so that the others can go on: each will catch up by itself. Where every subscription on the
     * shared stream is full nobody is sent off, and reading pauses.
     *
     * @param patience how long the reader waits for one in all, until it {@linkplain #caughtUp keeps up}
     * @return whether any was sent off
     */
    public boolean leaveFullBehind(Duration patience) {
        List<Subscription> tooLong = new ArrayList<>();
        boolean hasRoom = false;
        for (Subscription subscription : subscriptions) {
            Leg leg = subscription.shared();
            if (leg != null) {
                if (leg.flush()) {
                    hasRoom = true;
                } else if (leg.waitedNanos() >= patience.toNanos()) {
                    tooLong.add(subscription);
                }
            }
        }
        if (hasRoom) {
            tooLong.forEach(Subscription::leave);
        }
        return hasRoom && !tooLong.isEmpty();
    }

    /** The reader has nothing more to give: what it has waited for those that keep up is forgiven. */
    public void caughtUp() {
        for (Subscription subscription : subscriptions) {
            Leg leg = subscription.shared();
            if (leg != null) {
                leg.forgive();
            }
        }
    }

    @Override
    public void awaitSpace(long nanos) {
        long begun = System.nanoTime();
        space.await(nanos);
        long waited = System.nanoTime() - begun;
        for (Subscription subscription : subscriptions) {
            Leg leg = subscription.shared();
            if (leg != null) {
                leg.waited(waited);
            }
        }
    }

    /** Wakes a waiting reader. Safe to call from any thread. */
    public void wakeReader() {
        space.signal();
    }

    /**
     * Asks for a subscription to be taken back to the shared stream at its next boundary between two transactions. Safe to
     * call from any thread.
     *
     * @param leg what the subscription catches up on; it is told where the shared stream takes over
     */
    public void requestJoin(CatchUpLeg leg) {
        joining.add(leg);
    }

    /**
     * Takes back who has asked for it. Called between two transactions.
     *
     * @param lastCommit the commit record of the last transaction that came whole, unsigned
     */
    public void admit(long lastCommit) {
        CatchUpLeg leg;
        while ((leg = joining.poll()) != null) {
            leg.takeOver(queue(), lastCommit);
        }
    }

    /** Takes those off the shared stream that were paused or have stopped meanwhile. */
    public void releaseAbandoned() {
        for (Subscription subscription : subscriptions) {
            Leg leg = subscription.shared();
            if (leg != null && leg.queue().isAbandoned()) {
                subscription.leave();
            }
        }
    }

    /**
     * The subscriptions that need what lies before a position, so that the server must keep it.
     *
     * @param position unsigned
     * @return their names and how far each is, unsigned
     */
    public Map<String, Long> heldBefore(long position) {
        Map<String, Long> held = new LinkedHashMap<>();
        for (Subscription subscription : subscriptions) {
            if (mark.isHeldBefore(subscription.cursor(), position)) {
                held.put(subscription.spec().name(), subscription.cursor().position());
            }
        }
        return held;
    }

    /**
     * Drops the claim of a subscription: it stops for good, and the server may forget what it was kept for.
     *
     * @param name its name
     * @param gap what is lost to it
     */
    public void detach(String name, GapException gap) {
        tell(name, subscription -> subscription.detach(gap));
    }

    /**
     * From now on no subscription begins a transaction that none has begun yet. Safe to call from any thread, and again.
     *
     * @return the commit record of the last one that is begun, unsigned; 0 where none is
     */
    public long stopBeginning() {
        return stopPoint.stop();
    }

    /**
     * Nothing more will come: the subscriptions end when they have handled what they may. Safe to call from any thread.
     */
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    /**
     * Waits until every subscription has ended. Safe to call from any thread.
     *
     * @param nanos how long to wait
     * @return true where all have ended
     */
    public boolean awaitEnd(long nanos) {
        return threads.awaitEnd(nanos);
    }

    /**
     * Interrupts the handlers that have not ended; what they were at is not finished. Safe to call from any thread.
     *
     * @return the names of their subscriptions
     */
    public List<String> interrupt() {
        return threads.interrupt();
    }

    /**
     * Whether the calling thread is a subscription's.
     *
     * @return true where a handler asks
     */
    public boolean isHandlerThread() {
        return threads.isOn(Thread.currentThread());
    }

    /**
     * How the subscriptions are doing. Safe to call from any thread.
     *
     * @return one for each
     */
    public List<SubscriptionProgress> progress() {
        return subscriptions.stream().map(Subscription::progress).toList();
    }

    /** Does something to who has a name; false where nobody has it. */
    private boolean tell(String name, Consumer<Subscription> action) {
        List<Subscription> named = subscriptions.stream()
                .filter(each -> each.spec().name().equals(name))
                .toList();
        named.forEach(action);
        return !named.isEmpty();
    }

    /**
     * What lies at or before a change was handled by an earlier process: the subscription passes it over. Before {@link
     * #start}.
     *
     * @param name its name
     * @param commit the change's commit record, unsigned
     * @param ordinal its ordinal
     */
    public void resumeAt(String name, long commit, long ordinal) {
        tell(name, subscription -> subscription.resumeAt(commit, ordinal));
    }

    /**
     * A subscription stands still; its place is held.
     *
     * @param name its name
     * @param reason why
     * @param resumable whether it goes on where it is resumed; otherwise that is refused with the reason
     */
    public void refuse(String name, GapException reason, boolean resumable) {
        tell(name, subscription -> subscription.refuse(reason, resumable));
    }

    /**
     * The subscriptions that were refused and that nobody has resumed. Safe to call from any thread.
     *
     * @return their names
     */
    public List<String> refused() {
        return subscriptions.stream()
                .filter(Subscription::isRefused)
                .map(subscription -> subscription.spec().name())
                .toList();
    }

    /**
     * A subscription finishes what it is at, and begins nothing until it is resumed; its place is held. Safe to call from
     * any thread.
     *
     * @param name its name
     * @return false where no subscription has the name
     */
    public boolean pause(String name) {
        return tell(name, Subscription::pause);
    }

    /**
     * A subscription that was paused or has stopped goes on from its place. Safe to call from any thread.
     *
     * @param name its name
     * @return false where no subscription has the name
     */
    public boolean resume(String name) {
        return tell(name, Subscription::resume);
    }

    /**
     * Offers a change once more to the subscription that put it aside, on the calling thread and while the subscription
     * offers it nothing else. Safe to call from any thread.
     *
     * @param name the subscription's name
     * @param changes what the row became, for each entity that lies in its table
     * @return false where no subscription has the name, or it is not for one of the entities
     * @throws Exception what the handler throws
     */
    public boolean replay(String name, List<BoundChange<?>> changes) throws Exception {
        for (Subscription subscription : subscriptions) {
            for (BoundChange<?> change : changes) {
                if (subscription.spec().name().equals(name)
                        && subscription
                                .spec()
                                .entities()
                                .contains(change.binding().entityIndex())) {
                    subscription.replay(change);
                    return true;
                }
            }
        }
        return false;
    }
}
