package dev.realtime.internal.store;

import dev.realtime.wal.Lsn;
import java.util.Map;

/**
 * What earlier instances have left of a stream. Immutable.
 *
 * @param systemIdentifier the server they streamed from
 * @param timeline its timeline then
 * @param incarnation how often a server that went back in time was accepted
 * @param confirmed the highest position that was ever confirmed to the slot, or is about to be
 * @param offsets how far subscriptions are, by name
 * @param covered up to where the slot moved with each subscription there, by name
 */
public record StoredState(
        String systemIdentifier,
        int timeline,
        long incarnation,
        Lsn confirmed,
        Map<String, StoredOffset> offsets,
        Map<String, Lsn> covered) {

    /** What earlier instances have left. */
    public StoredState {
        offsets = Map.copyOf(offsets);
        covered = Map.copyOf(covered);
    }

    /**
     * The furthest position that something was handled or confirmed at.
     *
     * @return an LSN of the same server
     */
    public Lsn furthest() {
        Lsn furthest = confirmed;
        for (StoredOffset offset : offsets.values()) {
            if (offset.systemIdentifier().equals(systemIdentifier)
                    && offset.commitLsn().isAfter(furthest)) {
                furthest = offset.commitLsn();
            }
        }
        return furthest;
    }
}
