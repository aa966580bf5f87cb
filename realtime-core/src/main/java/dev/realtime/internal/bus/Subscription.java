package dev.realtime.internal.bus;

import dev.realtime.error.GapException;
import dev.realtime.internal.ack.Cursor;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.transaction.RowChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler and its place in the stream; it runs on a thread of its own, one leg after the other. Where it has left the
 * shared stream it asks for a leg to catch up on.
 */
final class Subscription implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final SubscriptionSpec spec;
    private final Cursor cursor;
    private final StopPoint stopPoint;
    private final Itinerary itinerary = new Itinerary();
    private final Attempts attempts;
    private final Listener listener;

    /** Confined to the reader of the shared stream; null where the subscription has left it. */
    private @Nullable Leg shared;

    private volatile @Nullable GapException detached;

    // Written by the subscription's thread
    private volatile boolean stopped;
    private long handledCommit;
    private long handledOrdinal = -1;

    /** Who is told what a subscription's thread cannot do by itself. */
    interface Listener extends Parking {

        /** It is ready to catch up from where it is. */
        void wantsToCatchUp(Subscription subscription);

        /** A handler threw an error that nobody may swallow. */
        void failed(Throwable error);
    }

    Subscription(SubscriptionSpec spec, Cursor cursor, StopPoint stopPoint, Listener listener) {
        this.spec = spec;
        this.cursor = cursor;
        this.stopPoint = stopPoint;
        this.listener = listener;
        this.attempts = new Attempts(spec, listener);
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
        cursor.release();
    }

    // Anyone's side

    Itinerary itinerary() {
        return itinerary;
    }

    /** What lies at or before a change was handled by an earlier process, and is passed over. Before it runs. */
    void resumeAt(long commit, long ordinal) {
        handledCommit = commit;
        handledOrdinal = ordinal;
    }

    /** It stands still from its beginning, as where its policy has stopped it. Before it runs. */
    void refuse(Throwable reason) {
        attempts.failedWith(reason);
        stopped = true;
        itinerary.hold();
    }

    /** It finishes what it is at, and begins nothing until it is resumed. */
    void pause() {
        itinerary.hold();
    }

    /**
     * It goes on from where it is.
     *
     * @throws GapException where what comes behind that is lost to it
     */
    void resume() {
        GapException gap = detached;
        if (gap != null) {
            throw new GapException(gap.getMessage());
        }
        stopped = false;
        itinerary.release();
    }

    /** There will be no further leg, and nothing more on the one it is on. */
    void close() {
        itinerary.close();
    }

    void interrupt(Thread thread) {
        attempts.end();
        thread.interrupt();
    }

    /** Offers a change once more that was put aside, on the calling thread. */
    void replay(BoundChange<?> change) throws Exception {
        attempts.replay(change);
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
            while ((leg = itinerary.next(() -> listener.wantsToCatchUp(this))) != null) {
                cursor.runOn(leg.tally());
                attempts.beginAnew();
                if (!goes(leg)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("Subscription {} was interrupted; what it had not finished will come again", spec.name());
        } catch (Throwable error) {
            stopped = true; // before the stream is told, and with it everyone who looks
            attempts.failedWith(error);
            listener.failed(error);
        } finally {
            itinerary.end();
        }
    }

    /** One leg; false where nothing may be begun any more. */
    private boolean goes(Leg leg) throws InterruptedException {
        List<Delivery> batch = new ArrayList<>();
        Ticket open = null;
        while (leg.queue().take(batch)) {
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
                    cursor.begun(ticket);
                }
                BoundChange<?> change = delivery.change();
                if (change == null) {
                    cursor.finished(leg.tally(), ticket);
                } else if (!handled(change.change(), change)) {
                    break;
                }
            }
            batch.clear();
        }
        return true;
    }

    /** Handles a change that it has not handled on an earlier leg; false where it is stopped there. */
    private boolean handled(RowChange row, BoundChange<?> change) throws InterruptedException {
        long commit = row.transaction().commitLsn();
        int order = Long.compareUnsigned(commit, handledCommit);
        if (order < 0 || order == 0 && row.ordinal() <= handledOrdinal) {
            attempts.passedOver();
            return true;
        }
        try {
            attempts.handle(change);
        } catch (GivenUp e) {
            stopped = true;
            itinerary.hold();
            return false;
        }
        handledCommit = commit;
        handledOrdinal = row.ordinal();
        return true;
    }
}
