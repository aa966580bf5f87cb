package dev.realtime.internal.bus;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One attempt at a change, until the first word of what became of it. Thread-safe. */
final class Offered extends Telling {

    private final InFlight entry;
    private final Queue<Offered> returned;
    private final DeliveryQueue bell;
    private final AtomicBoolean told = new AtomicBoolean();

    // Written once, before it is put among the returned
    private int events;
    private @Nullable Throwable failure;
    private long pauseNanos = -1;

    /**
     * @param entry what was offered
     * @param returned where it goes when its handler has told
     * @param bell rung then
     */
    Offered(InFlight entry, Queue<Offered> returned, DeliveryQueue bell) {
        this.entry = entry;
        this.returned = returned;
        this.bell = bell;
    }

    InFlight entry() {
        return entry;
    }

    /** The filter does not want it. */
    void unwanted() {
        tell(0, null, -1);
    }

    @Override
    void tell(int handledEvents, @Nullable Throwable reason, long pause) {
        if (told.compareAndSet(false, true)) {
            events = handledEvents;
            failure = reason;
            pauseNanos = pause;
            returned.add(this);
            bell.ring();
        }
    }

    /** How many events were handled: 1, or 0 where the filter did not want it. */
    int events() {
        return events;
    }

    /** Why it was not handled; null where it was. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** The pause that was asked for, or -1 where the policy's own counts. */
    long pauseNanos() {
        return pauseNanos;
    }
}
