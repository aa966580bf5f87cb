package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Succession;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.EntityBinding;
import dev.realtime.internal.transaction.RowChange;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * One subscription's way back to the shared stream: changes that a stream of its own brings, up to where the shared one
 * takes over. Confined to the reader of that stream, where a method does not say otherwise.
 */
public final class CatchUpLeg implements RowSink {

    private final Subscription subscription;
    private final Leg leg;
    private final SpaceSignal space;
    private final Gathered gathered = new Gathered();
    private final Succession transactions = new Succession();
    private final CompletableFuture<Long> joined = new CompletableFuture<>();

    CatchUpLeg(Subscription subscription, QueueLimits limits) {
        this.subscription = subscription;
        this.space = new SpaceSignal();
        this.leg = new Leg(
                subscription.cursor(), new DeliveryQueue(limits.changes(), limits.bytes(), space::signal), false);
        transactions.resume(position());
        subscription.itinerary().add(leg);
    }

    /**
     * Which subscription it is for.
     *
     * @return its name
     */
    public String name() {
        return subscription.spec().name();
    }

    /**
     * The transactions of its stream.
     *
     * @return gives them their tickets
     */
    public Succession transactions() {
        return transactions;
    }

    /**
     * How far the subscription is: what was committed before needs not come again.
     *
     * @return an unsigned position that may be confirmed on the copy of the slot
     */
    public long position() {
        return subscription.cursor().reached();
    }

    @Override
    public void row(Ticket ticket, List<EntityBinding<?>> bindings, RowChange change) {
        for (EntityBinding<?> binding : bindings) {
            if (subscription.spec().entities().contains(binding.entityIndex())) {
                BoundChange<?> bound = new BoundChange<>(binding, change);
                if (subscription.spec().filter().wants(bound)) {
                    leg.row(ticket, bound);
                    gathered.add(bound.size());
                }
            }
        }
    }

    @Override
    public void commit(Ticket ticket) {
        leg.commit(ticket);
        gathered.add(0);
    }

    @Override
    public boolean isFlushDue() {
        return gathered.isMuch();
    }

    @Override
    public boolean flush() {
        if (!gathered.isNothing()) {
            if (!leg.flush()) {
                return false;
            }
            gathered.clear();
        }
        return true;
    }

    @Override
    public void awaitSpace(long nanos) {
        space.await(nanos);
    }

    /**
     * Whether nothing more is wanted: it is complete, the subscription was paused or stopped, or everything stops. Safe to
     * call from any thread.
     *
     * @return true where what fills it may end
     */
    public boolean isClosed() {
        return leg.queue().isClosed();
    }

    /**
     * It cannot be filled. Where that is an {@link Error} nobody may swallow it, and everything stops; anything else may be
     * overcome, and shows in the subscription's progress. Safe to call from any thread.
     *
     * @param failure why
     */
    public void failed(Throwable failure) {
        subscription.cannotCatchUp(failure);
    }

    /** The shared stream takes over behind a commit, if this leg still leads there. Called by its reader. */
    void takeOver(DeliveryQueue queue, long commitLsn) {
        if (subscription.shared() == null) {
            if (subscription.itinerary().addBehind(leg, subscription.join(queue))) {
                joined.complete(commitLsn);
            } else {
                subscription.leave();
            }
        }
    }

    /**
     * Where the shared stream has taken over, if it has.
     *
     * @return the commit record of the last transaction that this leg has to bring, unsigned
     */
    public OptionalLong lastCommit() {
        Long last = joined.getNow(null);
        return last == null ? OptionalLong.empty() : OptionalLong.of(last);
    }

    /**
     * Everything was handed over: the subscription goes on to its next leg.
     *
     * @throws IllegalStateException where something was not
     */
    public void complete() {
        if (!gathered.isNothing()) {
            throw new IllegalStateException("Subscription " + name() + " has not been given all that was read for it");
        }
        leg.queue().complete();
    }
}
