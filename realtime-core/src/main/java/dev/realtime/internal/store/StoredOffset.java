package dev.realtime.internal.store;

import dev.realtime.wal.Lsn;

/**
 * How far a subscription was, as the table has it: everything at or before (commit record, ordinal) is handled. Immutable.
 *
 * @param systemIdentifier the server whose positions they are
 * @param epoch which owner of the slot may move it
 * @param commitLsn a commit record, or the end of one
 * @param ordinal the ordinal of a change; -1 where none of the transaction at {@code commitLsn} is handled
 */
public record StoredOffset(String systemIdentifier, long epoch, Lsn commitLsn, long ordinal) {

    boolean isBefore(Lsn commit, long change) {
        int order = commitLsn.compareTo(commit);
        return order < 0 || order == 0 && ordinal < change;
    }
}
