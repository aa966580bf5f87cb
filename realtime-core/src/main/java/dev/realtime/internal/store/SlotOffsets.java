package dev.realtime.internal.store;

import dev.realtime.error.FencedException;
import dev.realtime.error.GapException;
import dev.realtime.error.RealtimeException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.wal.EventPosition;
import dev.realtime.wal.Lsn;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored positions of one slot. Only its owner moves them: whoever streams from the slot counts the epoch up, and who
 * streamed from it before is fenced from then on. Thread-safe.
 */
public final class SlotOffsets {

    /** SQLSTATE {@code lock_not_available}: a lock was waited for longer than {@code lock_timeout} (manual, appendix A). */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final String slot;
    private final OffsetTable offsets;
    private final CoverageTable coverage;
    private final SlotRows rows;
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
        this.rows = new SlotRows(slot, offsets, coverage);
    }

    /** What came of taking over. */
    private record Taken(long epoch, StoredState state) {}

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
        requireSame(mine);
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
        requireSame(mine);
        OffsetMove.explain(name, found, mine, replayed(position, found), position.ordinal());
        return replaying.get();
    }

    /** It was fenced as the owner that this instance was, and is again: the event is offered again. */
    private void requireSame(Owner mine) {
        if (!mine.equals(owner)) {
            throw new RealtimeException("Slot " + slot + " was taken over again while an event was handled");
        }
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
        return ShortTransaction.on(control, () -> rows.exist(control) ? rows.state(control) : Optional.empty());
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
     * @throws SetupException where an earlier owner has left a transaction open that has moved a position
     * @throws SQLException where it cannot
     */
    public StoredState takeOver(
            Connection control, String systemIdentifier, int timeline, Lsn slotAt, Collection<String> names)
            throws SQLException {
        try {
            Taken taken = ShortTransaction.on(control, () -> {
                long epoch = rows.own(control, systemIdentifier, timeline, slotAt, names);
                return new Taken(epoch, rows.state(control).orElseThrow());
            });
            // Not before: an epoch that was rolled back is the next one's who takes over.
            owner = new Owner(systemIdentifier, taken.epoch());
            return taken.state();
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new SetupException(
                        SetupProblem.POSITIONS_LOCKED,
                        "The stored positions of slot " + slot
                                + " cannot be taken over yet: a transaction that is still"
                                + " open has moved one of them, and holds its row in " + offsets.table()
                                + rows.holders(control)
                                + ". An owner that was frozen at its commit ends it when it wakes up or"
                                + " dies; idle_in_transaction_session_timeout, set for the application's role, ends it"
                                + " before that",
                        List.of(),
                        null);
            }
            throw e;
        }
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
        ShortTransaction.on(control, () -> rows.startOver(control, timeline, position, before));
    }

    /** What the table says of an instance that was the owner. */
    public enum Standing {
        /** It still is. */
        OWNER,
        /** Another instance has taken over. */
        FOLLOWED,
        /** The rows are gone, or another server's, or were as they are before this instance took over. */
        GONE
    }

    /**
     * Whether this instance is still the owner. Where it is, what it records from now on is of a timeline.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param timeline what is recorded from now on is of it, where this instance is; 0 for the one before
     * @return what the table says
     * @throws SQLException where it cannot be read
     */
    public Standing standing(Connection control, int timeline) throws SQLException {
        return ShortTransaction.on(control, () -> {
            Owner mine = owner();
            Long epoch = rows.exist(control) ? rows.epoch(control, mine.systemIdentifier()) : null;
            if (epoch == null || epoch < mine.epoch()) {
                return Standing.GONE;
            }
            if (epoch > mine.epoch()) {
                return Standing.FOLLOWED;
            }
            if (timeline != 0) {
                rows.moveTo(control, timeline, epoch);
            }
            return Standing.OWNER;
        });
    }

    /**
     * What came of recording. Immutable.
     *
     * @param logEnd where the server's log was behind it
     * @param lost the subscriptions of which nothing could be recorded, by name: with the row of another server, or without,
     *     where one is gone
     */
    public record Recorded(Lsn logEnd, Map<String, Optional<StoredOffset>> lost) {

        /** What came of recording. */
        public Recorded {
            lost = Map.copyOf(lost);
        }
    }

    /**
     * Records how far the server is about to be told to forget, before it is told.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param confirmed that position
     * @param done how far the subscriptions are that do not store their position themselves, by name
     * @param names all subscriptions
     * @return what came of it: a subscription whose rows are lost keeps no other from being recorded
     * @throws FencedException where another instance has taken over
     * @throws GapException where the slot's own row is gone
     * @throws SQLException where it cannot
     */
    public Recorded record(Connection control, Lsn confirmed, Map<String, Lsn> done, Collection<String> names)
            throws SQLException {
        Owner mine = owner();
        Map<String, Optional<StoredOffset>> lost = ShortTransaction.on(control, () -> {
            Map<String, Optional<StoredOffset>> found = new HashMap<>();
            for (Map.Entry<String, Lsn> entry : done.entrySet()) {
                if (!offsets.move(control, slot, entry.getKey(), mine, entry.getValue(), -1)) {
                    StoredOffset row = offsets.read(control, slot, entry.getKey());
                    if (row == null || !row.systemIdentifier().equals(mine.systemIdentifier())) {
                        found.put(entry.getKey(), Optional.ofNullable(row));
                    } else {
                        OffsetMove.explain(entry.getKey(), row, mine, entry.getValue(), -1);
                    }
                }
            }
            Set<String> covered = rows.cover(control, confirmed, mine.epoch(), names);
            if (!covered.contains(CoverageTable.STREAM)) {
                throw notOurs(control, mine);
            }
            for (String name : names) {
                if (!covered.contains(name)) {
                    found.putIfAbsent(name, Optional.empty());
                }
            }
            return found;
        });
        try (PreparedStatement select =
                        control.prepareStatement("SELECT CAST(pg_catalog.pg_current_wal_insert_lsn() AS text)");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Recorded(Lsn.parse(row.getString(1)), lost);
        }
    }

    private RuntimeException notOurs(Connection control, Owner mine) throws SQLException {
        Optional<StoredState> found = rows.state(control);
        Long epoch = rows.epoch(control, mine.systemIdentifier());
        if (found.isPresent() && epoch != null && epoch != mine.epoch()) {
            return new FencedException("Another instance has taken slot " + slot + " over; this one had epoch "
                    + mine.epoch() + ". It confirms nothing any more");
        }
        return new GapException("Rows of slot " + slot + " are gone from " + coverage.table()
                + ": how far it was moved cannot be told any more. Start anew where this is meant");
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
                control,
                () -> rows.delete(control, offsets.table(), name) | rows.delete(control, coverage.table(), name));
    }
}
