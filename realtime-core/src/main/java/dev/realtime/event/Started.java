package dev.realtime.event;

import dev.realtime.wal.Lsn;
import java.util.Objects;

/**
 * A stream begins, or goes on behind a gap: everything that is committed behind a position will come. Immutable.
 *
 * @param slot the replication slot
 * @param from the position
 * @param slotCreated whether the slot was created for it: nothing that was committed earlier will come
 */
public record Started(String slot, Lsn from, boolean slotCreated) implements Signal {

    /** A beginning. */
    public Started {
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(from, "from");
    }
}
