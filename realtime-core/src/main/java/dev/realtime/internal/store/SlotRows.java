package dev.realtime.internal.store;

import dev.realtime.wal.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one slot in both tables, read and written on connections of our own. Immutable.
 *
 * @param slot the slot
 * @param offsets where subscriptions are
 * @param coverage where the slot was
 */
record SlotRows(String slot, OffsetTable offsets, CoverageTable coverage) {

    /** Whether both tables are there. */
    boolean exist(Connection control) throws SQLException {
        try (PreparedStatement select = control.prepareStatement(
                "SELECT pg_catalog.to_regclass(?) IS NOT NULL AND pg_catalog.to_regclass(?) IS NOT NULL")) {
            select.setString(1, offsets.table().toString());
            select.setString(2, coverage.table().toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** What they say; empty where there are none. */
    Optional<StoredState> state(Connection control) throws SQLException {
        Map<String, Lsn> covered = new HashMap<>();
        String systemIdentifier = "";
        int timeline = 0;
        long incarnation = 0;
        try (PreparedStatement select = control.prepareStatement("SELECT name, system_id, timeline, incarnation,"
                + " CAST(covered AS text) AS covered FROM " + coverage.table() + " WHERE slot = ?")) {
            select.setString(1, slot);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    covered.put(row.getString("name"), Lsn.parse(row.getString("covered")));
                    if (row.getString("name").equals(CoverageTable.STREAM)) {
                        systemIdentifier = row.getString("system_id");
                        timeline = row.getInt("timeline");
                        incarnation = row.getLong("incarnation");
                    }
                }
            }
        }
        Lsn confirmed = covered.remove(CoverageTable.STREAM);
        return confirmed == null
                ? Optional.empty()
                : Optional.of(
                        new StoredState(systemIdentifier, timeline, incarnation, confirmed, offsets(control), covered));
    }

    private Map<String, StoredOffset> offsets(Connection control) throws SQLException {
        Map<String, StoredOffset> found = new HashMap<>();
        try (PreparedStatement select = control.prepareStatement("SELECT name, system_id, epoch,"
                + " CAST(commit_lsn AS text) AS commit_lsn, ordinal FROM " + offsets.table() + " WHERE slot = ?")) {
            select.setString(1, slot);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString("name"), OffsetTable.offset(row));
                }
            }
        }
        return found;
    }

    /**
     * Gives them to a new owner, in an open transaction: the epoch is counted up, and subscriptions that are new begin where
     * the slot stands.
     *
     * @return the new owner's epoch
     */
    long own(Connection control, String systemIdentifier, int timeline, Lsn slotAt, Collection<String> names)
            throws SQLException {
        String begin = "INSERT INTO " + coverage.table() + " (slot, name, system_id, timeline, epoch, covered)"
                + " VALUES (?, ?, ?, ?, ?, CAST(? AS pg_lsn)) ON CONFLICT (slot, name) DO NOTHING";
        cover(control, begin, CoverageTable.STREAM, systemIdentifier, timeline, 0, slotAt);
        long epoch;
        try (PreparedStatement raise = control.prepareStatement("UPDATE " + coverage.table()
                + " SET epoch = epoch + 1, timeline = ? WHERE slot = ? AND name = '' RETURNING epoch")) {
            raise.setInt(1, timeline);
            raise.setString(2, slot);
            try (ResultSet row = raise.executeQuery()) {
                row.next();
                epoch = row.getLong(1);
            }
        }
        fence(control, "UPDATE " + coverage.table() + " SET epoch = ? WHERE slot = ?", epoch);
        fence(
                control,
                "UPDATE " + offsets.table() + " SET epoch = ? WHERE slot = ? AND system_id = ?",
                epoch,
                systemIdentifier);
        for (String name : names) {
            if (cover(control, begin, name, systemIdentifier, timeline, epoch, slotAt) == 0) {
                continue; // it was there before: where its position is gone, that is not for us to invent
            }
            try (PreparedStatement insert = control.prepareStatement("INSERT INTO " + offsets.table()
                    + " (slot, name, system_id, epoch, commit_lsn, ordinal)"
                    + " VALUES (?, ?, ?, ?, CAST(? AS pg_lsn), -1) ON CONFLICT (slot, name) DO NOTHING")) {
                insert.setString(1, slot);
                insert.setString(2, name);
                insert.setString(3, systemIdentifier);
                insert.setLong(4, epoch);
                insert.setString(5, slotAt.toString());
                insert.executeUpdate();
            }
        }
        return epoch;
    }

    private int cover(
            Connection control, String sql, String name, String systemIdentifier, int timeline, long epoch, Lsn at)
            throws SQLException {
        try (PreparedStatement insert = control.prepareStatement(sql)) {
            insert.setString(1, slot);
            insert.setString(2, name);
            insert.setString(3, systemIdentifier);
            insert.setInt(4, timeline);
            insert.setLong(5, epoch);
            insert.setString(6, at.toString());
            return insert.executeUpdate();
        }
    }

    /**
     * The slot moves to a position with subscriptions there, in an open transaction.
     *
     * @return those whose rows are there and of the epoch, and the stream's
     */
    Set<String> cover(Connection control, Lsn confirmed, long epoch, Collection<String> names) throws SQLException {
        Set<String> found = new HashSet<>();
        try (PreparedStatement update = control.prepareStatement("UPDATE " + coverage.table()
                + " SET covered = GREATEST(covered, CAST(? AS pg_lsn))"
                + " WHERE slot = ? AND epoch = ? AND (name = '' OR name = ANY (?)) RETURNING name")) {
            update.setString(1, confirmed.toString());
            update.setString(2, slot);
            update.setLong(3, epoch);
            update.setArray(4, control.createArrayOf("text", names.toArray()));
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
        }
        return found;
    }

    private void fence(Connection control, String sql, long epoch, String... more) throws SQLException {
        try (PreparedStatement update = control.prepareStatement(sql)) {
            update.setLong(1, epoch);
            update.setString(2, slot);
            for (int i = 0; i < more.length; i++) {
                update.setString(3 + i, more[i]);
            }
            update.executeUpdate();
        }
    }

    /** Everything begins anew at a position, in the next incarnation and of the next epoch, in an open transaction. */
    int startOver(Connection control, int timeline, Lsn position, long before) throws SQLException {
        try (PreparedStatement update = control.prepareStatement("UPDATE " + coverage.table()
                + " SET covered = CAST(? AS pg_lsn), timeline = ?, epoch = epoch + 1,"
                + " incarnation = GREATEST(incarnation, ?) + 1 WHERE slot = ?")) {
            update.setString(1, position.toString());
            update.setInt(2, timeline);
            update.setLong(3, before);
            update.setString(4, slot);
            update.executeUpdate();
        }
        try (PreparedStatement update = control.prepareStatement("UPDATE " + offsets.table()
                + " SET commit_lsn = CAST(? AS pg_lsn), ordinal = -1, epoch = epoch + 1 WHERE slot = ?")) {
            update.setString(1, position.toString());
            update.setString(2, slot);
            return update.executeUpdate();
        }
    }

    /** What is recorded is of a timeline from now on, where they are still of an owner. */
    void moveTo(Connection control, int timeline, long epoch) throws SQLException {
        try (PreparedStatement update = control.prepareStatement("UPDATE " + coverage.table()
                + " SET timeline = ? WHERE slot = ? AND name = '' AND epoch = ? AND timeline <> ?")) {
            update.setInt(1, timeline);
            update.setString(2, slot);
            update.setLong(3, epoch);
            update.setInt(4, timeline);
            update.executeUpdate();
        }
    }

    /** Which owner they are of; null where there are none of a server. */
    @Nullable
    Long epoch(Connection control, String systemIdentifier) throws SQLException {
        try (PreparedStatement select = control.prepareStatement(
                "SELECT epoch FROM " + coverage.table() + " WHERE slot = ? AND name = '' AND system_id = ?")) {
            select.setString(1, slot);
            select.setString(2, systemIdentifier);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        }
    }

    /** Whose transactions have written to the table of positions for a while, in words. Outside a transaction. */
    String holders(Connection control) throws SQLException {
        control.setAutoCommit(true);
        try (PreparedStatement select = control.prepareStatement(
                "SELECT pg_catalog.string_agg(DISTINCT CAST(l.pid AS text), ', ') FROM pg_catalog.pg_locks l"
                        + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid OPERATOR(pg_catalog.=) l.pid"
                        + " WHERE l.relation OPERATOR(pg_catalog.=) pg_catalog.to_regclass(?)"
                        + " AND l.mode OPERATOR(pg_catalog.=) 'RowExclusiveLock' AND l.granted"
                        // Null where this role may not see it.
                        + " AND coalesce(a.xact_start OPERATOR(pg_catalog.<)"
                        + " (pg_catalog.statement_timestamp() OPERATOR(pg_catalog.-) CAST('4s' AS interval)), true)")) {
            select.setString(1, offsets.table().toString());
            try (ResultSet row = select.executeQuery()) {
                String pids = row.next() ? row.getString(1) : null;
                return pids == null ? "" : " (process " + pids + ")";
            }
        }
    }

    boolean delete(Connection control, StoredTable table, String name) throws SQLException {
        try (PreparedStatement delete =
                control.prepareStatement("DELETE FROM " + table + " WHERE slot = ? AND name = ?")) {
            delete.setString(1, slot);
            delete.setString(2, name);
            return delete.executeUpdate() > 0;
        }
    }
}
