package dev.realtime.internal.bus;

import dev.realtime.event.RealtimeEvent;
import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers changes and handles them as one, in order: a batch, a chunk of a transaction. What was gathered and not offered
 * yet is let go of where the leg is given up. Confined to the subscription's thread.
 */
abstract class Gathering extends Handling {

    private final Attempts attempts;
    private final Place place;
    private final Calls<List<BoundChange<?>>> calls;
    private final int most;
    private final long mostBytes;

    private final List<BoundChange<?>> changes = new ArrayList<>();
    /** The transactions that end among the changes, in order. */
    private final List<Ticket> ended = new ArrayList<>();

    private long bytes;
    private @Nullable DeliveryQueue queue;

    /**
     * @param attempts the policy
     * @param place told of what is finished
     * @param most how many changes are handled as one at most
     * @param mostBytes how many bytes of rows, roughly: one change may go over it
     */
    Gathering(Attempts attempts, Place place, int most, long mostBytes) {
        this.attempts = attempts;
        this.place = place;
        this.calls = new Calls<>(attempts, this::offer, List::copyOf);
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Calls the handler, once; returns how many events it has handled. */
    abstract int offer(List<BoundChange<?>> unit, boolean again) throws Exception;

    static List<RealtimeEvent<?>> events(List<BoundChange<?>> unit, boolean again) {
        List<RealtimeEvent<?>> events = new ArrayList<>(unit.size());
        for (BoundChange<?> change : unit) {
            events.add(change.event(again));
        }
        return events;
    }

    @Override
    void begin(Leg leg) {
        queue = leg.queue();
    }

    /** Whether the leg was given up. */
    boolean isAbandoned() {
        return queue == null || queue.isAbandoned();
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    boolean isFull() {
        return changes.size() >= most || bytes >= mostBytes;
    }

    void gather(Ticket ticket, BoundChange<?> change) {
        if (changes.isEmpty()) {
            place.begun(ticket);
        }
        changes.add(change);
        bytes += change.size();
    }

    @Override
    void passOver(Ticket ticket, BoundChange<?> change) {
        place.begun(ticket); // what was handled before lies before all that was not
    }

    @Override
    void commit(Ticket ticket) throws GivenUp, InterruptedException {
        if (changes.isEmpty()) {
            place.begun(ticket);
            place.finished(ticket);
        } else {
            ended.add(ticket);
        }
    }

    /** Handles what has gathered. */
    void handle() throws GivenUp, InterruptedException {
        if (!changes.isEmpty()) {
            attempts.handled(calls.handle(changes));
            place.handled(changes.get(changes.size() - 1));
            for (Ticket ticket : ended) {
                place.begun(ticket);
                place.finished(ticket);
            }
            letGo();
        }
    }

    void letGo() {
        changes.clear();
        ended.clear();
        bytes = 0;
    }

    @Override
    void giveUp() {
        letGo();
    }

    @Override
    void replay(BoundChange<?> change) throws Exception {
        calls.replay(List.of(change));
    }
}
