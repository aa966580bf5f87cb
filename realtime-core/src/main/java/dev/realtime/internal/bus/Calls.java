package dev.realtime.internal.bus;

import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.internal.binding.BoundChange;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Calls a handler with a unit until it has handled it, or the policy says that it is enough. Confined to the thread on
 * which the handler is called, but for {@link #replay}.
 *
 * @param <U> what is offered at once
 */
final class Calls<U> {

    /** A change by itself as the changes of a unit. */
    static final Function<BoundChange<?>, List<BoundChange<?>>> ONE = List::of;

    private final Attempts attempts;
    private final Offer<U> offer;
    private final Function<U, List<BoundChange<?>>> changes;
    /** Held while the handler runs: what was put aside is offered again on another thread, but never beside another unit. */
    private final ReentrantLock offering = new ReentrantLock();

    /**
     * One attempt.
     *
     * @param <U> what is offered at once
     */
    @FunctionalInterface
    interface Offer<U> {

        /**
         * Makes events and calls the handler.
         *
         * @param again whether this process has offered the unit before
         * @return how many events the handler has handled; those that its filter does not want are not among them
         */
        int offer(U unit, boolean again) throws Exception;
    }

    /**
     * @param attempts the policy
     * @param offer one attempt
     * @param changes the changes of a unit; asked for only where it has failed
     */
    Calls(Attempts attempts, Offer<U> offer, Function<U, List<BoundChange<?>>> changes) {
        this.attempts = attempts;
        this.offer = offer;
        this.changes = changes;
    }

    /** Offers a change by itself. */
    static Offer<BoundChange<?>> each(EventHandler<RealtimeEvent<?>> handler, EventFilter filter) {
        return (change, again) -> {
            RealtimeEvent<?> event = change.event(again);
            if (!filter.wants(event)) {
                return 0;
            }
            handler.handle(event);
            return 1;
        };
    }

    /**
     * Returns when the unit is handled, or passed over by the policy.
     *
     * @return how many events were handled
     * @throws GivenUp where the policy stops the subscription
     * @throws InterruptedException where its time is over
     */
    int handle(U unit) throws GivenUp, InterruptedException {
        int failures = 0;
        while (true) {
            if (attempts.isEnded()) {
                throw new InterruptedException("The subscription's time is over");
            }
            long pause;
            try {
                int handled = call(unit, failures > 0);
                attempts.overcome(failures);
                return handled;
            } catch (Exception e) {
                if (attempts.isEnded()) {
                    continue;
                }
                attempts.clearInterrupt();
                failures++;
                pause = attempts.failed(changes.apply(unit), failures, e);
            } finally {
                attempts.clearInterrupt();
            }
            if (pause == Attempts.PASSED_OVER) {
                return 0;
            }
            attempts.pause(pause);
            if (attempts.isHalted()) {
                throw new GivenUp(null);
            }
        }
    }

    private int call(U unit, boolean again) throws Exception {
        offering.lock();
        RunningCalls.Running running =
                attempts.calls().begin(() -> changes.apply(unit).get(0).eventId());
        try {
            return offer.offer(unit, again);
        } finally {
            running.close();
            offering.unlock();
        }
    }

    /** Offers a unit once more that was put aside. Safe to call from any thread. */
    void replay(U unit) throws Exception {
        call(unit, true);
    }
}
