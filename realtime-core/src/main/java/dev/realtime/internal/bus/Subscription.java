package dev.realtime.internal.bus;

import dev.realtime.error.GapException;
import dev.realtime.internal.ack.Cursor;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler and its place in the stream; it runs on a thread of its own, one leg after the other, and hands what they
 * bring to its {@link Handling}. Where it has left the shared stream it asks for a leg to catch up on.
 */
final class Subscription implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final SubscriptionSpec spec;
    private final Cursor cursor;
    private final StopPoint stopPoint;
    private final Itinerary itinerary = new Itinerary();
    private final Attempts attempts;
    private final Place place;
    private final Handling handling;
    private final QueueLimits limits;
    private final BusListener listener;

    /** Confined to the reader of the shared stream; null where the subscription has left it. */
    private @Nullable Leg shared;

    private volatile @Nullable GapException detached;
    /** Why it cannot be resumed. */
    private volatile @Nullable GapException lost;

    private volatile boolean refused;

    private volatile boolean stopped;

    /**
     * @param spec what the application subscribed to
     * @param threadName of its thread; those it may have besides are named after it
     * @param cursor how far it is
     * @param stopPoint where all stop together
     * @param limits the bounds of each queue; it may hold as many bytes of rows again
     * @param listener told of what its thread cannot do by itself
     */
    Subscription(
            SubscriptionSpec spec,
            String threadName,
            Cursor cursor,
            StopPoint stopPoint,
            QueueLimits limits,
            BusListener listener) {
        this.spec = spec;
        this.cursor = cursor;
        this.stopPoint = stopPoint;
        this.limits = limits;
        this.listener = listener;
        this.attempts = new Attempts(spec, listener);
        this.place = new Place(cursor);
        this.handling = Handling.of(spec, threadName, attempts, place, limits.bytes(), itinerary::timesReleased);
    }

    SubscriptionSpec spec() {
        return spec;
    }

    Cursor cursor() {
        return cursor;
    }

    /** The calls of its handler that run at the moment. */
    RunningCalls calls() {
        return attempts.calls();
    }

    // The side of the shared stream's reader

    @Nullable
    Leg shared() {
        return shared;
    }

    /** From the next transaction on it is on the shared stream. */
    Leg join(DeliveryQueue queue) {
        Leg leg = new Leg(cursor, queue, true);
        shared = leg;
        cursor.join(leg.tally());
        return leg;
    }

    /** It is not on the shared stream any more; what waits in its queue it will get again. */
    void leave() {
        Leg leg = shared;
        if (leg != null) {
            shared = null;
            cursor.leave();
            leg.queue().abandon();
        }
    }

    /** It has lost its claim: it finishes what it is at, and begins nothing any more. */
    void detach(GapException gap) {
        LOG.error(gap.getMessage());
        detached = gap;
        attempts.failedWith(gap);
        itinerary.hold();
        attempts.halt(); // the event it is at is not its own any more
        cursor.release();
    }

    // Anyone's side

    Itinerary itinerary() {
        return itinerary;
    }

    /** What lies at or before a change was handled by an earlier process, and is passed over. Before it runs. */
    void resumeAt(long commit, long ordinal) {
        place.resumeAt(commit, ordinal);
    }

    /** It stands still, as where its policy has stopped it. */
    void refuse(GapException reason, boolean resumable) {
        attempts.failedWith(reason);
        lost = resumable ? null : reason;
        refused = true;
        stopped = true;
        itinerary.hold();
    }

    /** Whether it was made to stand still, and nobody has resumed it. */
    boolean isRefused() {
        return refused;
    }

    /** It finishes what it is at, and begins nothing until it is resumed. */
    void pause() {
        itinerary.hold();
    }

    /**
     * It goes on from where it is.
     *
     * @throws GapException where what comes behind that is lost to it, or its place is
     */
    void resume() {
        GapException gap = detached == null ? lost : detached;
        if (gap != null) {
            throw new GapException(gap.getMessage());
        }
        refused = false;
        stopped = false;
        itinerary.release();
    }

    /** What was to bring it back to the shared stream has failed. */
    void cannotCatchUp(Throwable failure) {
        if (failure instanceof Error error) {
            breaks(error);
        } else {
            attempts.hinderedBy(failure);
        }
    }

    /** An error that nobody may swallow. */
    private void breaks(Throwable error) {
        stopped = true; // before the stream is told, and with it everyone who looks
        attempts.failedWith(error);
        listener.failed(error);
    }

    /** There will be no further leg, and nothing more on the one it is on. */
    void close() {
        itinerary.close();
    }

    void interrupt(Thread thread) {
        attempts.end();
        handling.interrupt();
        thread.interrupt();
    }

    /** Whether a thread is one that it has besides its own. */
    boolean isOn(Thread thread) {
        return handling.isOn(thread);
    }

    /** Offers a change once more that was put aside, on the calling thread. */
    void replay(BoundChange<?> change) throws Exception {
        handling.replay(change);
    }

    SubscriptionProgress progress() {
        Leg leg = itinerary.current();
        return new SubscriptionProgress(
                spec.name(),
                state(leg),
                attempts.handled(),
                attempts.skipped(),
                attempts.parked(),
                attempts.covered(),
                leg == null ? 0 : leg.queue().size(),
                cursor.position(),
                attempts.failures(),
                attempts.calls().overdueSince(),
                attempts.lastError());
    }

    private SubscriptionProgress.State state(@Nullable Leg leg) {
        if (detached != null) {
            return SubscriptionProgress.State.DETACHED;
        }
        if (stopped || itinerary.isEnded()) {
            return SubscriptionProgress.State.STOPPED;
        }
        if (itinerary.isHeld()) {
            return SubscriptionProgress.State.PAUSED;
        }
        return leg != null && leg.isShared() && !leg.queue().isAbandoned()
                ? SubscriptionProgress.State.STREAMING
                : SubscriptionProgress.State.CATCHING_UP;
    }

    // Its own thread's side

    @Override
    public void run() {
        try {
            Leg leg;
            while ((leg = nextLeg()) != null) {
                attempts.beginAnew();
                place.turnTo(leg);
                handling.begin(leg);
                if (!goes(leg)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("Subscription {} was interrupted; what it had not finished will come again", spec.name());
        } catch (Throwable error) {
            breaks(error);
        } finally {
            itinerary.end();
            handling.close();
        }
    }

    private @Nullable Leg nextLeg() throws InterruptedException {
        return attempts.await(() -> itinerary.next(() -> listener.wantsToCatchUp(new CatchUpLeg(this, limits))));
    }

    private boolean take(Leg leg, List<Delivery> into) throws InterruptedException {
        return attempts.await(() -> leg.queue().take(into, handling.nanosToWork()));
    }

    /** One leg; false where nothing may be begun any more. */
    private boolean goes(Leg leg) throws InterruptedException {
        try {
            boolean further = hands(leg);
            handling.settle();
            return further;
        } catch (GivenUp e) {
            stopped = true;
            itinerary.hold();
            handling.giveUp();
            return true;
        }
    }

    /** Hands over what a leg brings; false where nothing more may be begun. */
    private boolean hands(Leg leg) throws GivenUp, InterruptedException {
        List<Delivery> batch = new ArrayList<>();
        Ticket open = null;
        while (take(leg, batch)) {
            for (Delivery delivery : batch) {
                if (attempts.isEnded()) {
                    return false;
                }
                if (leg.queue().isAbandoned()) {
                    break;
                }
                Ticket ticket = delivery.ticket();
                if (ticket != open) {
                    if (!stopPoint.mayBegin(ticket, leg.isShared())) {
                        return false;
                    }
                    open = ticket;
                }
                hand(ticket, delivery.change());
            }
            batch.clear();
            handling.work();
        }
        return true;
    }

    private void hand(Ticket ticket, @Nullable BoundChange<?> change) throws GivenUp, InterruptedException {
        if (change == null && ticket.isCut()) {
            handling.cut(ticket);
        } else if (change == null) {
            handling.commit(ticket);
        } else if (place.knows(change)) {
            attempts.passedOver();
            handling.passOver(ticket, change);
        } else {
            handling.change(ticket, change);
        }
    }
}
