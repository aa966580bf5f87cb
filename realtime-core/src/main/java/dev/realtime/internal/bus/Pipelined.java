package dev.realtime.internal.bus;

import dev.realtime.event.Acknowledgement;
import dev.realtime.event.AcknowledgingHandler;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Offers changes one after the other without waiting for each to be finished. The handler is called on the subscription's
 * thread; what became of an event is told on any thread, and heeded on the subscription's. One that failed is offered again
 * when its pause is over, after others. Confined to the subscription's thread.
 */
final class Pipelined extends Overlapping {

    private final AcknowledgingHandler<RealtimeEvent<?>> handler;
    private final EventFilter filter;
    private final IntSupplier resumed;
    private final Queue<Offered> returned = new ConcurrentLinkedQueue<>();
    /** What has failed and waits for its next attempt. */
    private final PriorityQueue<InFlight> waiting =
            new PriorityQueue<>(Comparator.comparingLong(entry -> entry.dueNanos - ORIGIN_NANOS));

    /** Held while an event is offered, and for one that was put aside until word of it came: nothing is offered beside it. */
    private final ReentrantLock offering = new ReentrantLock();

    private static final long ORIGIN_NANOS = System.nanoTime();

    private int running;
    private int resumedBefore;

    /**
     * @param manner the application's code
     * @param filter which events it wants
     * @param attempts the policy
     * @param flight holds what is not finished
     * @param resumed how often the subscription was resumed
     */
    Pipelined(Manner.InFlight manner, EventFilter filter, Attempts attempts, Flight flight, IntSupplier resumed) {
        super(attempts, flight);
        this.handler = manner.handler();
        this.filter = filter;
        this.resumed = resumed;
    }

    @Override
    void begin(Leg leg) {
        super.begin(leg);
        resumedBefore = resumed.getAsInt();
    }

    @Override
    void change(Ticket ticket, BoundChange<?> change) throws GivenUp, InterruptedException {
        work();
        while (flight.isFull() && !queue().isAbandoned()) {
            attempts.await(() -> queue().awaitRing(nanosToWork()));
            work();
        }
        if (!queue().isAbandoned()) {
            offer(flight.add(ticket, change));
        }
    }

    private void offer(InFlight entry) {
        Offered offered = new Offered(entry, returned, queue());
        running++;
        try {
            RealtimeEvent<?> event = entry.change().event(entry.failures > 0);
            if (filter.wants(event)) {
                attempts.await(() -> {
                    offering.lockInterruptibly();
                    return true;
                });
                try {
                    call(event, offered);
                } finally {
                    offering.unlock();
                }
            } else {
                offered.unwanted();
            }
        } catch (Exception e) {
            offered.nack(e);
        } finally {
            attempts.clearInterrupt();
        }
    }

    private void call(RealtimeEvent<?> event, Acknowledgement acknowledgement) throws Exception {
        RunningCalls.Running running = attempts.calls().begin(event::eventId);
        try {
            handler.handle(event, acknowledgement);
        } finally {
            running.close();
        }
    }

    @Override
    long nanosToWork() {
        InFlight next = waiting.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.dueNanos - System.nanoTime());
    }

    @Override
    void work() throws GivenUp, InterruptedException {
        hear();
        while (!waiting.isEmpty() && waiting.peek().dueNanos - System.nanoTime() <= 0) {
            if (attempts.isEnded()) {
                throw new InterruptedException("The subscription's time is over");
            }
            offer(waiting.poll());
            hear();
        }
        flight.land();
    }

    private void hear() throws GivenUp, InterruptedException {
        Offered offered;
        while ((offered = returned.poll()) != null) {
            Throwable failure = heard(offered);
            if (failure == null) {
                continue;
            }
            if (attempts.isEnded()) {
                throw new InterruptedException("The subscription's time is over");
            }
            InFlight entry = offered.entry();
            entry.failures++;
            long pause = attempts.failed(List.of(entry.change()), entry.failures, failure);
            if (pause == Attempts.PASSED_OVER) {
                flight.finish(entry);
            } else {
                entry.dueNanos = System.nanoTime() + (offered.pauseNanos() < 0 ? pause : offered.pauseNanos());
                waiting.add(entry);
            }
        }
    }

    /** Finishes what was handled; returns why it was not. */
    private @Nullable Throwable heard(Offered offered) {
        if (offered.failure() instanceof Error error) {
            throw error;
        }
        InFlight entry = offered.entry();
        if (entry.dropped) {
            return null; // too late: it was let go of, and comes again
        }
        running--;
        if (offered.failure() == null) {
            attempts.overcome(entry.failures);
            attempts.handled(offered.events());
            flight.finish(entry);
        }
        return offered.failure();
    }

    /**
     * Waits for everything that was offered, as it does for a handler that has not returned. But where the subscription was
     * paused or stopped and is resumed now, it is let go of, and comes again: so pausing and resuming helps where an
     * acknowledgement was lost.
     */
    @Override
    void settle() throws GivenUp, InterruptedException {
        work();
        while (!flight.isQuiet() && !isLetGo()) {
            attempts.await(() -> queue().awaitRing(nanosToWork()));
            work();
        }
        end();
    }

    @Override
    void giveUp() throws InterruptedException {
        waiting.clear();
        while (running > 0 && !isLetGo()) {
            Offered offered = returned.poll();
            if (offered == null) {
                attempts.await(() -> queue().awaitRing(Long.MAX_VALUE));
            } else {
                heard(offered);
            }
        }
        end();
    }

    @Override
    void replay(BoundChange<?> change) throws Exception {
        RealtimeEvent<?> event = change.event(true);
        if (filter.wants(event)) {
            CompletableFuture<Void> told = new CompletableFuture<>();
            offering.lockInterruptibly();
            try {
                call(event, new Replayed(told));
                told.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception failure ? failure : e;
            } finally {
                offering.unlock();
            }
        }
    }

    private boolean isLetGo() {
        return queue().isAbandoned() && resumed.getAsInt() != resumedBefore;
    }

    private void end() {
        flight.end();
        waiting.clear();
        running = 0;
    }
}
