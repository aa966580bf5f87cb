package dev.realtime.internal.bus;

import dev.realtime.internal.ack.ConfirmedMark;
import dev.realtime.internal.ack.Cursor;
import dev.realtime.internal.ack.Succession;
import dev.realtime.internal.ack.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** The queues and legs between a reader and a subscription: no order of their steps loses a change, or a wake-up. */
class LegInterleavingsTest {

    private static final int INVOCATIONS = 2_000;
    private static final Succession TRANSACTIONS = new Succession();
    private static final Ticket FIRST = ticket(100);
    private static final Ticket SECOND = ticket(200);
    private static final Ticket THIRD = ticket(300);

    /** A reader that finds the queue full waits until it is told of space: were it not told, this would not end. */
    @Test
    void a_full_queue_loses_nothing_and_wakes_the_reader() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Semaphore space = new Semaphore(0);
            DeliveryQueue queue = new DeliveryQueue(1, 1 << 20, space::release);
            List<Delivery> taken = new ArrayList<>();
            Thread subscription = new Thread(() -> takeAll(queue, taken));
            subscription.start();
            for (Ticket ticket : List.of(FIRST, SECOND, THIRD)) {
                while (!queue.offer(List.of(new Delivery(ticket, null)))) {
                    space.acquireUninterruptibly();
                }
            }
            queue.close();
            join(subscription);
            require(taken.stream().map(Delivery::ticket).toList().equals(List.of(FIRST, SECOND, THIRD)));
        });
    }

    /** A queue that is given up frees the reader that waits before it, and gives nothing out behind that. */
    @Test
    void a_queue_that_is_given_up_holds_nobody() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Semaphore space = new Semaphore(0);
            DeliveryQueue queue = new DeliveryQueue(1, 1 << 20, space::release);
            Thread reader = new Thread(() -> {
                for (Ticket ticket : List.of(FIRST, SECOND)) {
                    while (!queue.offer(List.of(new Delivery(ticket, null)))) {
                        space.acquireUninterruptibly();
                    }
                }
            });
            reader.start();
            queue.abandon();
            List<Delivery> taken = new ArrayList<>();
            takeAll(queue, taken);
            require(taken.isEmpty());
            join(reader);
        });
    }

    /** Whoever holds a subscription while it comes back: the leg behind is begun only where the one before was whole. */
    @Test
    void the_leg_behind_another_is_never_begun_where_that_was_given_up() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Cursor cursor = new ConfirmedMark().join();
            Itinerary itinerary = new Itinerary();
            Leg own = leg(cursor, false);
            Leg shared = leg(cursor, true);
            itinerary.add(own);
            own.queue().offer(List.of(new Delivery(FIRST, null)));
            AtomicBoolean brought = new AtomicBoolean();
            AtomicBoolean begunBehindNothing = new AtomicBoolean();

            Thread subscription = new Thread(() -> {
                try {
                    Leg leg;
                    while ((leg = itinerary.next(itinerary::close)) != null) {
                        List<Delivery> taken = new ArrayList<>();
                        if (leg == own) {
                            takeAll(own.queue(), taken);
                            brought.set(!taken.isEmpty());
                        } else if (!brought.get()) {
                            begunBehindNothing.set(true);
                        }
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            Thread pausing = new Thread(() -> {
                itinerary.hold();
                itinerary.release();
            });
            subscription.start();
            pausing.start();
            if (itinerary.addBehind(own, shared)) {
                own.queue().close();
                shared.queue().close();
            }
            join(pausing);
            itinerary.close();
            join(subscription);
            require(!begunBehindNothing.get());
        });
    }

    private static Leg leg(Cursor cursor, boolean shared) {
        return new Leg(cursor, new DeliveryQueue(10, 1 << 20, () -> {}), shared);
    }

    private static Ticket ticket(long commit) {
        TRANSACTIONS.begin(commit);
        return TRANSACTIONS.commit(commit + 10);
    }

    private static void takeAll(DeliveryQueue queue, List<Delivery> into) {
        try {
            while (queue.take(into, Long.MAX_VALUE)) {
                // Until it is closed.
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }
}
