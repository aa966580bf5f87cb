package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import java.util.function.IntSupplier;

/**
 * How a subscription's changes are handled: one at a time, several in flight, in lanes, in batches, by transactions. The
 * subscription hands it the deliveries of a leg in their order, but for those that were handled on an earlier leg; it
 * tells the {@link Place} what is finished, in that order too. Confined to the subscription's thread where a method does
 * not say otherwise.
 */
abstract class Handling {

    /**
     * How it is done.
     *
     * @param spec what the application subscribed to
     * @param threadName of the subscription's thread; its own are named after it
     * @param attempts the policy
     * @param place told of what is finished
     * @param mostBytes how many bytes of rows are held at a time, roughly
     * @param resumed how often the subscription was resumed
     */
    static Handling of(
            SubscriptionSpec spec,
            String threadName,
            Attempts attempts,
            Place place,
            long mostBytes,
            IntSupplier resumed) {
        Manner manner = spec.manner();
        EventFilter filter = spec.filter();
        if (manner instanceof Manner.Each each) {
            return new OneByOne(new Calls<>(attempts, Calls.each(each.handler(), filter), Calls.ONE), attempts, place);
        }
        if (manner instanceof Manner.InFlight several) {
            Flight flight = new Flight(place, several.inFlight(), mostBytes);
            return new Pipelined(several, filter, attempts, flight, resumed);
        }
        if (manner instanceof Manner.Parallel parallel) {
            Flight flight = new Flight(place, parallel.inFlight(), mostBytes);
            return new Lanes(parallel, filter, threadName, attempts, flight);
        }
        if (manner instanceof Manner.Batches batches) {
            return new InBatches(batches, filter, attempts, place, mostBytes);
        }
        return new ByTransaction((Manner.Transactions) manner, attempts, place, mostBytes);
    }

    /** A leg begins. Nothing of an earlier one is at work any more. */
    void begin(Leg leg) {}

    /**
     * A change that was not handled yet. Returns once a further one may be given.
     *
     * @throws GivenUp where the policy stops the subscription
     */
    abstract void change(Ticket ticket, BoundChange<?> change) throws GivenUp, InterruptedException;

    /** A change that was handled on an earlier leg. */
    abstract void passOver(Ticket ticket, BoundChange<?> change);

    /** All changes of the transaction were given. */
    abstract void commit(Ticket ticket) throws GivenUp, InterruptedException;

    /**
     * The rest of the transaction will not come: it was handled elsewhere, or is told to be lost. What was given of it
     * happened all the same, and is handled.
     */
    void cut(Ticket ticket) throws GivenUp, InterruptedException {
        commit(ticket);
    }

    /** In how many nanoseconds there is {@linkplain #work work}, if nobody rings the leg's queue before. */
    long nanosToWork() {
        return Long.MAX_VALUE;
    }

    /** Does what is due without a new delivery. Called whenever what was taken from the queue has been given. */
    void work() throws GivenUp, InterruptedException {}

    /**
     * The leg has ended, or nothing more of it may be begun: returns when nothing of it is at work any more. What is not
     * finished then comes again.
     */
    void settle() throws GivenUp, InterruptedException {}

    /** The policy has stopped the subscription: as {@link #settle}, but nothing is offered again. */
    void giveUp() throws InterruptedException {}

    /**
     * Offers a change once more that was put aside, on the calling thread, and returns when it is handled. Safe to call from
     * any thread.
     *
     * @throws Exception why it is not
     */
    abstract void replay(BoundChange<?> change) throws Exception;

    /** The subscription has ended: so do threads of its own. */
    void close() {}

    /** Interrupts threads of its own. Safe to call from any thread. */
    void interrupt() {}

    /** Whether a thread is one of its own. Safe to call from any thread. */
    boolean isOn(Thread thread) {
        return false;
    }
}
