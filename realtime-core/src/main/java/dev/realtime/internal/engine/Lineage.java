package dev.realtime.internal.engine;

import dev.realtime.error.GapException;
import dev.realtime.internal.replication.SystemIdentity;
import dev.realtime.internal.setup.SlotState;
import dev.realtime.wal.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of the server and the slot it streams from, so that another server, a server that went back in
 * time or a slot that someone else has moved is noticed before anything of it is delivered. It knows nothing of the time
 * before this process. Confined to the reader thread.
 */
final class Lineage {

    private @Nullable SystemIdentity first;

    /**
     * Remembers what the first session found.
     *
     * @return how far the slot was confirmed
     * @throws GapException where the slot stands beyond the server's log
     */
    Lsn begin(SystemIdentity identity, SlotState slot) {
        if (position(slot).isAfter(identity.walFlush())) {
            throw new GapException("Slot " + slot.name() + " stands at " + position(slot)
                    + ", behind the end of the server's log at " + identity.walFlush()
                    + ": the server went back in time, and would swallow every change before that.");
        }
        first = identity;
        return position(slot);
    }

    /**
     * Judges what a later session found.
     *
     * @param identity the server
     * @param slot the slot
     * @param ours how far this process has confirmed, or found confirmed at its beginning
     * @param received how far the stream was read
     * @throws GapException where changes are lost, or may be
     */
    void check(SystemIdentity identity, SlotState slot, Lsn ours, Lsn received) {
        SystemIdentity known = first;
        if (known == null) {
            throw new IllegalStateException("No session has begun yet");
        }
        if (!known.systemIdentifier().equals(identity.systemIdentifier())) {
            throw new GapException("The server is another one: its system identifier is " + identity.systemIdentifier()
                    + ", the stream began on " + known.systemIdentifier()
                    + ". What was committed on either meanwhile cannot be told. Start anew where this is meant.");
        }
        if (known.timeline() != identity.timeline()) {
            throw new GapException(
                    "The server is on timeline " + identity.timeline() + ", the stream began on timeline "
                            + known.timeline()
                            + ": a standby was promoted or a backup restored, and what was handled behind the"
                            + " fork may not exist any more. Start anew where this is meant.");
        }
        if (identity.walFlush().isBefore(received)) {
            throw new GapException("The server's log ends at " + identity.walFlush() + ", before " + received
                    + ", which was received from it: it went back in time.");
        }
        Lsn now = position(slot);
        if (now.isAfter(ours)) {
            throw new GapException("Slot " + slot.name() + " stands at " + now + ", but this application confirmed no"
                    + " more than " + ours + ": something else moved it, and the changes between are lost to it.");
        }
    }

    private static Lsn position(SlotState slot) {
        Lsn position = slot.confirmedFlush();
        return position == null ? Lsn.ZERO : position;
    }
}
