package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.internal.binding.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Handles several changes at a time, those of one row one after the other: the row's id chooses the lane. A change of an id
 * is begun when all before it is done in both lanes, and ends before anything behind it is begun there; one that may
 * concern any row waits for all lanes, and all lanes for it. Confined to the subscription's thread.
 */
final class Lanes extends Overlapping {

    private final List<Lane> lanes = new ArrayList<>();
    private final Queue<Returned> returned = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Throwable broken;
    private boolean started;

    /** A change that a lane is done with. */
    private record Returned(Lane lane, InFlight entry) {}

    /**
     * @param manner the application's code, and how many lanes
     * @param filter which events it wants
     * @param threadName what their threads are named after
     * @param attempts the policy
     * @param flight holds what is not finished
     */
    Lanes(Manner.Parallel manner, EventFilter filter, String threadName, Attempts attempts, Flight flight) {
        super(attempts, flight);
        for (int i = 0; i < manner.lanes(); i++) {
            int number = i;
            Calls<BoundChange<?>> calls = new Calls<>(attempts, Calls.each(manner.handler(), filter), Calls.ONE);
            String name = threadName + "-lane-" + (i + 1);
            lanes.add(new Lane(name, attempts, calls, entry -> returned(number, entry), this::broken));
        }
    }

    // On a lane's thread

    private void returned(int lane, InFlight entry) {
        returned.add(new Returned(lanes.get(lane), entry));
        queue().ring();
    }

    private void broken(Throwable error) {
        broken = error;
        attempts.halt();
    }

    // On the subscription's thread

    @Override
    void begin(Leg leg) {
        super.begin(leg);
        if (!started) {
            started = true;
            lanes.forEach(lane -> lane.thread().start());
        }
    }

    @Override
    void change(Ticket ticket, BoundChange<?> change) throws GivenUp, InterruptedException {
        work();
        while (flight.isFull() && !queue().isAbandoned()) {
            awaitWork();
        }
        RowKey key = change.tellsItsRows() ? change.key() : null;
        if (key == null) {
            pass(ticket, change, lanes);
            return;
        }
        RowKey oldKey = change.oldKey();
        Lane after = lane(key);
        Lane before = oldKey == null ? after : lane(oldKey);
        if (before == after) {
            give(ticket, change, before);
        } else {
            pass(ticket, change, List.of(before, after));
        }
    }

    private Lane lane(RowKey key) {
        int hash = key.hashCode();
        return lanes.get(Math.floorMod(hash ^ hash >>> 16, lanes.size()));
    }

    /** A change that none of some lanes may run beside. */
    private void pass(Ticket ticket, BoundChange<?> change, List<Lane> barred) throws GivenUp, InterruptedException {
        for (Lane lane : barred) {
            awaitQuiet(lane);
        }
        Lane through = barred.get(0);
        give(ticket, change, through);
        awaitQuiet(through);
    }

    private void give(Ticket ticket, BoundChange<?> change, Lane lane) {
        if (!queue().isAbandoned()) {
            lane.give(flight.add(ticket, change), queue());
        }
    }

    private void awaitQuiet(Lane lane) throws GivenUp, InterruptedException {
        while (!lane.isQuiet()) {
            awaitWork();
        }
    }

    private void awaitWork() throws GivenUp, InterruptedException {
        attempts.await(() -> queue().awaitRing(Long.MAX_VALUE));
        work();
    }

    @Override
    void work() throws GivenUp {
        hear();
        if (attempts.isHalted()) {
            throw new GivenUp(null);
        }
    }

    private void hear() {
        Returned next;
        while ((next = returned.poll()) != null) {
            next.lane().took();
            InFlight entry = next.entry();
            if (!entry.dropped) {
                attempts.handled(entry.handledEvents);
                flight.finish(entry);
            }
        }
        flight.land();
        if (broken instanceof Error error) {
            throw error;
        }
        if (broken != null) {
            throw new IllegalStateException("A lane ended unexpectedly", broken);
        }
    }

    @Override
    void settle() throws GivenUp, InterruptedException {
        work();
        for (Lane lane : lanes) {
            awaitQuiet(lane);
        }
        flight.end();
    }

    @Override
    void giveUp() throws InterruptedException {
        hear();
        for (Lane lane : lanes) {
            while (!lane.isQuiet()) {
                attempts.await(() -> queue().awaitRing(Long.MAX_VALUE));
                hear();
            }
        }
        flight.end();
    }

    @Override
    void replay(BoundChange<?> change) throws Exception {
        RowKey key = change.key();
        (key == null ? lanes.get(0) : lane(key)).replay(change);
    }

    /** Waits for its threads: where a handler does not return, the subscription has not ended. */
    @Override
    void close() {
        if (!started) {
            return;
        }
        lanes.forEach(Lane::close);
        boolean interrupted = false;
        for (Lane lane : lanes) {
            while (lane.thread().isAlive()) {
                try {
                    lane.thread().join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    void interrupt() {
        lanes.forEach(lane -> lane.thread().interrupt());
    }

    @Override
    boolean isOn(Thread thread) {
        return lanes.stream().anyMatch(lane -> lane.thread() == thread);
    }
}
