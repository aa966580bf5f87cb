package dev.realtime.internal.bus;

import dev.realtime.event.RealtimeEvent;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import java.util.List;

/**
 * Handles changes in batches, across transactions: when a batch is full, or its first change has waited long enough.
 * Confined to the subscription's thread.
 */
final class InBatches extends Gathering {

    private final Manner.Batches manner;
    private final EventFilter filter;
    private long dueNanos;

    /**
     * @param manner the application's code, and how large a batch may grow, how long
     * @param filter which events it wants
     * @param attempts the policy
     * @param place told of what is finished
     * @param mostBytes how many bytes of rows a batch holds at most
     */
    InBatches(Manner.Batches manner, EventFilter filter, Attempts attempts, Place place, long mostBytes) {
        super(attempts, place, manner.size(), mostBytes);
        this.manner = manner;
        this.filter = filter;
    }

    @Override
    int offer(List<BoundChange<?>> unit, boolean again) throws Exception {
        List<RealtimeEvent<?>> events = events(unit, again);
        events.removeIf(event -> !filter.wants(event));
        if (!events.isEmpty()) {
            manner.handler().handle(List.copyOf(events));
        }
        return events.size();
    }

    @Override
    void change(Ticket ticket, BoundChange<?> change) throws GivenUp, InterruptedException {
        if (isEmpty()) {
            dueNanos = System.nanoTime() + manner.within().toNanos();
        }
        gather(ticket, change);
        if (isFull()) {
            handle();
        }
    }

    @Override
    long nanosToWork() {
        return isEmpty() ? Long.MAX_VALUE : Math.max(0, dueNanos - System.nanoTime());
    }

    @Override
    void work() throws GivenUp, InterruptedException {
        if (!isAbandoned() && nanosToWork() == 0) {
            handle();
        }
    }

    @Override
    void settle() throws GivenUp, InterruptedException {
        if (!isAbandoned()) {
            handle();
        }
        letGo();
    }
}
