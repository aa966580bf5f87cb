package dev.realtime.internal.setup;

import dev.realtime.wal.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * A slot as the server has it (manual, section 54.20, {@code pg_replication_slots}). Immutable.
 *
 * @param name its name
 * @param plugin the output plugin; null for a physical slot
 * @param database the database; null for a physical slot
 * @param temporary whether it ends with the session that made it
 * @param twoPhase whether prepared transactions are sent before they commit
 * @param active whether a connection streams from it
 * @param owner who that is; null where the slot is not active
 * @param restart the oldest position whose log the slot keeps; null where it keeps none
 * @param confirmedFlush the position up to which changes were confirmed; null while the slot is being created
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; null where it keeps no log
 * @param invalidation why the server gave the slot up, as far as its version tells; null where it did not
 * @param failover whether standbys keep it too; false before PostgreSQL 17
 */
public record SlotState(
        String name,
        @Nullable String plugin,
        @Nullable String database,
        boolean temporary,
        boolean twoPhase,
        boolean active,
        @Nullable Backend owner,
        @Nullable Lsn restart,
        @Nullable Lsn confirmedFlush,
        @Nullable String walStatus,
        @Nullable String invalidation,
        boolean failover) {

    /**
     * How far the slot is confirmed.
     *
     * @return {@link Lsn#ZERO} while the slot is being created
     */
    public Lsn position() {
        return confirmedFlush == null ? Lsn.ZERO : confirmedFlush;
    }

    /**
     * Whether the changes behind {@link #confirmedFlush} cannot be had any more.
     *
     * @return true where the server gave the slot up
     */
    public boolean isLost() {
        return invalidation != null || "lost".equals(walStatus);
    }

    /**
     * Whether somebody is creating the slot at this moment: its creation waits for open transactions.
     *
     * @return true where it is there, but no position was found yet
     */
    public boolean isBeingCreated() {
        return active && database != null && confirmedFlush == null;
    }
}
