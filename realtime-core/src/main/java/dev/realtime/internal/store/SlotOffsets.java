package dev.realtime.internal.store;

import dev.realtime.error.FencedException;
import dev.realtime.error.GapException;
import dev.realtime.wal.EventPosition;
import dev.realtime.wal.Lsn;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored positions of one slot. Only its owner moves them: whoever streams from the slot counts the epoch up, and who
 * streamed from it before is fenced from then on. Thread-safe.
 */
public final class SlotOffsets {

    private final String slot;
    private final OffsetTable offsets;
    private final CoverageTable coverage;
    private final ThreadLocal<Boolean> replaying = ThreadLocal.withInitial(() -> false);
    private volatile @Nullable Owner owner;

    /**
     * Positions that nobody owns yet.
     *
     * @param slot the slot
     * @param offsets where subscriptions are
     * @param coverage where the slot was
     */
    public SlotOffsets(String slot, OffsetTable offsets, CoverageTable coverage) {
        this.slot = slot;
        this.offsets = offsets;
        this.coverage = coverage;
    }

    private Owner owner() {
        Owner known = owner;
        if (known == null) {
            throw new IllegalStateException("Nothing of slot " + slot + " was handed out yet");
        }
        return known;
    }

    // In the application's transactions

    /**
     * Moves a subscription's position behind a change, in the connection's transaction.
     *
     * @param connection the application's
     * @param name the subscription
     * @param position the change
     * @return false where the change is handled already
     * @throws GapException where the stored position is gone
     * @throws FencedException where another instance, or another server, has written it
     * @throws SQLException where the database refuses
     */
    public boolean move(Connection connection, String name, EventPosition position) throws SQLException {
        Owner mine = owner();
        if (!replaying.get() && offsets.move(connection, slot, name, mine, position.commitLsn(), position.ordinal())) {
            return true;
        }
        StoredOffset found = offsets.read(connection, slot, name);
        OffsetMove.explain(name, found, mine, replayed(position, found), position.ordinal());
        return replaying.get();
    }

    /**
     * Moves a subscription's position behind a change, in the entity manager's transaction.
     *
     * @param manager the application's
     * @param name the subscription
     * @param position the change
     * @return false where the change is handled already
     * @throws GapException where the stored position is gone
     * @throws FencedException where another instance, or another server, has written it
     */
    public boolean move(EntityManager manager, String name, EventPosition position) {
        Owner mine = owner();
        if (!replaying.get() && offsets.move(manager, slot, name, mine, position.commitLsn(), position.ordinal())) {
            return true;
        }
        StoredOffset found = offsets.read(manager, slot, name);
        OffsetMove.explain(name, found, mine, replayed(position, found), position.ordinal());
        return replaying.get();
    }

    /** What is replayed moves nothing, wherever it stands. */
    private Lsn replayed(EventPosition position, @Nullable StoredOffset found) {
        return replaying.get() && found != null ? Lsn.ZERO : position.commitLsn();
    }

    /** Something that may throw. */
    @FunctionalInterface
    public interface Replay {

        /**
         * Does it.
         *
         * @return whether there was something to do
         * @throws Exception what the handler throws
         */
        boolean run() throws Exception;
    }

    /**
     * Lets a handler handle a change that lies behind its position, on the calling thread: only the owner may, and the
     * position stays.
     *
     * @param replay calls the handler
     * @return what it returns
     * @throws Exception what it throws
     */
    public boolean replaying(Replay replay) throws Exception {
        replaying.set(true);
        try {
            return replay.run();
        } finally {
            replaying.remove();
        }
    }

    // On connections of our own

    /**
     * What earlier instances have left.
     *
     * @param control a connection of our own, in auto-commit mode
     * @return empty where there is nothing, or no table yet
     * @throws SQLException where it cannot be read
     */
    public Optional<StoredState> read(Connection control) throws SQLException {
        return ShortTransaction.on(control, () -> exists(control) ? state(control) : Optional.empty());
    }

    private boolean exists(Connection control) throws SQLException {
        try (PreparedStatement select = control.prepareStatement(
                "SELECT pg_catalog.to_regclass(?) IS NOT NULL AND pg_catalog.to_regclass(?) IS NOT NULL")) {
            select.setString(1, offsets.table().toString());
            select.setString(2, coverage.table().toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private Optional<StoredState> state(Connection control) throws SQLException {
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
     * Becomes the owner, and fences whoever was before: called by who streams from the slot. Subscriptions that are new
     * begin where the slot stands; those that were there before keep their rows.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param systemIdentifier the server
     * @param timeline its timeline
     * @param slotAt where the slot stands
     * @param names the subscriptions
     * @return everything as it is stored after it; {@code covered} as it was before
     * @throws SQLException where it cannot
     */
    public StoredState takeOver(
            Connection control, String systemIdentifier, int timeline, Lsn slotAt, Collection<String> names)
            throws SQLException {
        return ShortTransaction.on(control, () -> {
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
                cover(control, begin, name, systemIdentifier, timeline, epoch, slotAt);
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
            owner = new Owner(systemIdentifier, epoch);
            return state(control).orElseThrow();
        });
    }

    /**
     * What was committed before a position is lost, and that was told: these subscriptions go on behind it.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param position where the slot stands
     * @param names the subscriptions
     * @return how many rows there were
     * @throws SQLException where it cannot
     */
    public int passTo(Connection control, Lsn position, Collection<String> names) throws SQLException {
        return ShortTransaction.on(control, () -> {
            try (PreparedStatement update = control.prepareStatement("UPDATE " + coverage.table()
                    + " SET covered = GREATEST(covered, CAST(? AS pg_lsn))"
                    + " WHERE slot = ? AND (name = '' OR name = ANY (?))")) {
                update.setString(1, position.toString());
                update.setString(2, slot);
                update.setArray(3, control.createArrayOf("text", names.toArray()));
                return update.executeUpdate();
            }
        });
    }

    /**
     * The server went back in time, and that was told and accepted: everything that is stored begins anew where the slot
     * stands, in the next incarnation. Whoever streamed before is fenced.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param timeline the server's
     * @param position where the slot stands
     * @param before the last incarnation that is known: the server may have forgotten it
     * @throws SQLException where it cannot
     */
    public void startOver(Connection control, int timeline, Lsn position, long before) throws SQLException {
        ShortTransaction.on(control, () -> {
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
        });
    }

    private void cover(
            Connection control, String sql, String name, String systemIdentifier, int timeline, long epoch, Lsn at)
            throws SQLException {
        try (PreparedStatement insert = control.prepareStatement(sql)) {
            insert.setString(1, slot);
            insert.setString(2, name);
            insert.setString(3, systemIdentifier);
            insert.setInt(4, timeline);
            insert.setLong(5, epoch);
            insert.setString(6, at.toString());
            insert.executeUpdate();
        }
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

    /**
     * Whether this instance is still the owner. Where it is, what it records from now on is of a timeline.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param timeline the server's
     * @return true where the epoch is ours
     * @throws SQLException where that cannot be read or recorded
     */
    public boolean isOwner(Connection control, int timeline) throws SQLException {
        long mine = owner().epoch();
        return ShortTransaction.on(control, () -> {
            try (PreparedStatement update = control.prepareStatement("UPDATE " + coverage.table()
                    + " SET timeline = ? WHERE slot = ? AND name = '' AND epoch = ? AND timeline <> ?")) {
                update.setInt(1, timeline);
                update.setString(2, slot);
                update.setLong(3, mine);
                update.setInt(4, timeline);
                update.executeUpdate();
            }
            return isEpoch(control, mine);
        });
    }

    /**
     * Records how far the server is about to be told to forget, before it is told.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param confirmed that position
     * @param done how far the subscriptions are that do not store their position themselves, by name
     * @param names all subscriptions
     * @return where the server's log was behind it
     * @throws FencedException where another instance has taken over
     * @throws GapException where rows are gone
     * @throws SQLException where it cannot
     */
    public Lsn record(Connection control, Lsn confirmed, Map<String, Lsn> done, Collection<String> names)
            throws SQLException {
        Owner mine = owner();
        ShortTransaction.on(control, () -> {
            for (Map.Entry<String, Lsn> entry : done.entrySet()) {
                if (!offsets.move(control, slot, entry.getKey(), mine, entry.getValue(), -1)) {
                    StoredOffset found = offsets.read(control, slot, entry.getKey());
                    OffsetMove.explain(entry.getKey(), found, mine, entry.getValue(), -1);
                }
            }
            try (PreparedStatement update = control.prepareStatement("UPDATE " + coverage.table()
                    + " SET covered = GREATEST(covered, CAST(? AS pg_lsn))"
                    + " WHERE slot = ? AND epoch = ? AND (name = '' OR name = ANY (?))")) {
                update.setString(1, confirmed.toString());
                update.setString(2, slot);
                update.setLong(3, mine.epoch());
                update.setArray(4, control.createArrayOf("text", names.toArray()));
                int rows = update.executeUpdate();
                if (rows != names.size() + 1) {
                    throw notOurs(control, mine);
                }
                return rows;
            }
        });
        try (PreparedStatement select =
                        control.prepareStatement("SELECT CAST(pg_catalog.pg_current_wal_insert_lsn() AS text)");
                ResultSet row = select.executeQuery()) {
            row.next();
            return Lsn.parse(row.getString(1));
        }
    }

    private RuntimeException notOurs(Connection control, Owner mine) throws SQLException {
        Optional<StoredState> found = state(control);
        if (found.isPresent() && !isEpoch(control, mine.epoch())) {
            return new FencedException("Another instance has taken slot " + slot + " over; this one had epoch "
                    + mine.epoch() + ". It confirms nothing any more");
        }
        return new GapException("Rows of slot " + slot + " are gone from " + coverage.table()
                + ": how far it was moved cannot be told any more. Start anew where this is meant");
    }

    private boolean isEpoch(Connection control, long epoch) throws SQLException {
        try (PreparedStatement select =
                control.prepareStatement("SELECT epoch FROM " + coverage.table() + " WHERE slot = ? AND name = ''")) {
            select.setString(1, slot);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getLong(1) == epoch;
            }
        }
    }

    /**
     * Forgets a subscription that will not come back.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param name the subscription
     * @return false where nothing was stored of it
     * @throws SQLException where it cannot
     */
    public boolean forget(Connection control, String name) throws SQLException {
        return ShortTransaction.on(
                control, () -> delete(control, offsets.table(), name) | delete(control, coverage.table(), name));
    }

    private boolean delete(Connection control, StoredTable table, String name) throws SQLException {
        try (PreparedStatement delete =
                control.prepareStatement("DELETE FROM " + table + " WHERE slot = ? AND name = ?")) {
            delete.setString(1, slot);
            delete.setString(2, name);
            return delete.executeUpdate() > 0;
        }
    }
}
