package dev.realtime.internal.store;

import dev.realtime.error.FencedException;
import dev.realtime.error.GapException;
import dev.realtime.error.RealtimeException;
import dev.realtime.wal.Lsn;
import org.jspecify.annotations.Nullable;

/** Why a stored position did not move, as the row tells that was read again in the same transaction. Thread-safe. */
final class OffsetMove {

    private OffsetMove() {}

    /**
     * Returns where the change is handled already.
     *
     * @param name the subscription
     * @param found the row; null where there is none
     * @param owner who wanted to move it
     * @param commit the change's commit record
     * @param ordinal the change's ordinal
     * @throws GapException where the row is gone
     * @throws FencedException where it is another owner's
     */
    static void explain(String name, @Nullable StoredOffset found, Owner owner, Lsn commit, long ordinal) {
        if (found == null) {
            throw new GapException("The stored position of subscription " + name
                    + " is gone: what it has handled cannot be told any more. Start anew where this is meant");
        }
        if (!found.systemIdentifier().equals(owner.systemIdentifier())) {
            throw new FencedException("The stored position of subscription " + name + " is of server "
                    + found.systemIdentifier() + ", not of " + owner.systemIdentifier()
                    + " from which this instance streams");
        }
        if (found.epoch() != owner.epoch()) {
            throw new FencedException("Another instance has taken over subscription " + name + ": its epoch is "
                    + found.epoch() + ", that of this instance " + owner.epoch());
        }
        if (found.isBefore(commit, ordinal)) {
            throw new RealtimeException("The stored position of subscription " + name + " at " + found.commitLsn() + ":"
                    + found.ordinal() + " did not move to " + commit + ":" + ordinal
                    + ", for no reason that its row tells: does a trigger or a row-level policy hold it?");
        }
    }
}
