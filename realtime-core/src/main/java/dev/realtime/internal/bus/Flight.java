package dev.realtime.internal.bus;

import dev.realtime.internal.ack.Ticket;
import dev.realtime.internal.binding.BoundChange;
import java.util.ArrayDeque;

/**
 * What is in flight, in the order of the stream. Changes are finished in any order; the {@link Place} is told of the
 * prefix that is finished whole. Bounded: by how many changes are not finished, by their bytes, and by how much that is
 * finished waits behind one that is not. Confined to the subscription's thread.
 */
final class Flight {

    /** How many finished changes and ends of transactions may wait behind one that is not finished, at least. */
    private static final int MOST_WAITING = 4096;

    private final Place place;
    private final int most;
    private final long mostBytes;
    private final ArrayDeque<InFlight> entries = new ArrayDeque<>();
    private int unfinished;
    private long bytes;

    Flight(Place place, int most, long mostBytes) {
        this.place = place;
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Whether no further change may be added. One change may go over the bound in bytes. */
    boolean isFull() {
        return unfinished >= most || bytes >= mostBytes || entries.size() >= most + MOST_WAITING;
    }

    /** Whether all that was added is finished. */
    boolean isQuiet() {
        return unfinished == 0;
    }

    InFlight add(Ticket ticket, BoundChange<?> change) {
        InFlight added = InFlight.of(ticket, change);
        unfinished++;
        bytes += added.bytes();
        add(added);
        return added;
    }

    void addHandled(Ticket ticket, BoundChange<?> change) {
        add(InFlight.handled(ticket, change));
    }

    void addEnd(Ticket ticket) {
        add(InFlight.end(ticket));
    }

    private void add(InFlight entry) {
        if (entries.isEmpty()) {
            place.begun(entry.ticket());
        }
        entries.add(entry);
        land();
    }

    /** A change is finished. */
    void finish(InFlight entry) {
        entry.finish();
        unfinished--;
        bytes -= entry.bytes();
    }

    /** Tells of the prefix that is finished. */
    void land() {
        InFlight head;
        while ((head = entries.peek()) != null && head.isFinished()) {
            entries.poll();
            Spot spot = head.spot();
            if (spot == null) {
                place.finished(head.ticket());
            } else {
                place.handled(spot);
            }
            InFlight next = entries.peek();
            if (next != null) {
                place.begun(next.ticket());
            }
        }
    }

    /** The leg is over: what is not finished comes again, and what is finished must not. */
    void end() {
        land();
        for (InFlight entry : entries) {
            Spot spot = entry.spot();
            if (!entry.isFinished()) {
                entry.dropped = true;
            } else if (spot != null) {
                place.handledBeyond(spot);
            }
        }
        entries.clear();
        unfinished = 0;
        bytes = 0;
    }
}
