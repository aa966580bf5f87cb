package dev.realtime.internal.store;

import dev.realtime.store.DeadLetter;
import dev.realtime.wal.EventPosition;
import dev.realtime.wal.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table of events that were put aside: one row for each slot, subscription and event, however often it is put aside.
 * The column {@code payload} holds the row as PostgreSQL sent it, and so its values: it is the application's data, in the
 * application's database. Immutable.
 *
 * @param table its name
 */
public record DeadLetterTable(StoredTable table) {

    /** What the table is for. */
    public static final String REASON = "The table keeps the events that subscriptions put aside (thenPark)";

    /** What the streaming role needs there. */
    public static final List<String> PRIVILEGES = List.of("SELECT", "INSERT", "DELETE");

    private static final String COLUMNS = "slot, subscription, event_id, entity, action, commit_lsn, ordinal, xid,"
            + " commit_time, attempts, error_class, error_detail, parked_at";

    private static final String KEY = " WHERE slot = ? AND subscription = ? AND event_id = ?";

    /**
     * The statement that creates it.
     *
     * @return SQL
     */
    public String creation() {
        return "CREATE TABLE " + table
                + " (slot text NOT NULL, subscription text NOT NULL, event_id text NOT NULL, entity text NOT NULL,"
                + " action text NOT NULL, commit_lsn pg_lsn NOT NULL, ordinal bigint NOT NULL, xid bigint NOT NULL,"
                + " commit_time timestamptz NOT NULL, attempts integer NOT NULL, error_class text NOT NULL,"
                + " error_detail text NOT NULL, parked_at timestamptz NOT NULL, payload bytea NOT NULL,"
                + " PRIMARY KEY (slot, subscription, event_id))";
    }

    String insertion() {
        return "INSERT INTO " + table + " (" + COLUMNS + ", payload)"
                + " VALUES (?, ?, ?, ?, ?, ?::text::pg_lsn, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (slot, subscription, event_id) DO NOTHING";
    }

    /**
     * Puts an event aside; one that lies there already stays as it is. It is on disk when this returns.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param parked the event
     * @throws SQLException where it cannot
     */
    public void insert(Connection control, ParkedChange parked) throws SQLException {
        DeadLetter letter = parked.letter();
        ShortTransaction.on(control, () -> {
            try (PreparedStatement insert = control.prepareStatement(insertion())) {
                insert.setString(1, letter.slot());
                insert.setString(2, letter.subscription());
                insert.setString(3, letter.eventId());
                insert.setString(4, letter.entity());
                insert.setString(5, letter.action());
                insert.setString(6, letter.position().commitLsn().toString());
                insert.setLong(7, letter.position().ordinal());
                insert.setLong(8, letter.xid());
                insert.setObject(9, letter.commitTime().atOffset(ZoneOffset.UTC));
                insert.setInt(10, letter.attempts());
                insert.setString(11, letter.errorClass());
                insert.setString(12, letter.errorDetail());
                insert.setObject(13, letter.parkedAt().atOffset(ZoneOffset.UTC));
                insert.setBytes(14, parked.payload());
                return insert.executeUpdate();
            }
        });
    }

    String selection(boolean ofOne) {
        return "SELECT " + COLUMNS + " FROM " + table + " WHERE slot = ?" + (ofOne ? " AND subscription = ?" : "")
                + " ORDER BY commit_lsn, ordinal, subscription LIMIT ?";
    }

    /**
     * The events of a stream.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param slot the stream's slot
     * @param subscription its name; null for all
     * @param atMost how many
     * @return the first ones, in the order of their commits
     * @throws SQLException where they cannot be read
     */
    public List<DeadLetter> list(Connection control, String slot, @Nullable String subscription, int atMost)
            throws SQLException {
        return ShortTransaction.on(control, () -> {
            try (PreparedStatement select = control.prepareStatement(selection(subscription != null))) {
                int parameter = 1;
                select.setString(parameter++, slot);
                if (subscription != null) {
                    select.setString(parameter++, subscription);
                }
                select.setInt(parameter, atMost);
                List<DeadLetter> letters = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        letters.add(letter(row));
                    }
                }
                return letters;
            }
        });
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString("slot"),
                row.getString("subscription"),
                row.getString("event_id"),
                row.getString("entity"),
                row.getString("action"),
                new EventPosition(Lsn.parse(row.getString("commit_lsn")), row.getLong("ordinal")),
                row.getLong("xid"),
                instant(row, "commit_time"),
                row.getInt("attempts"),
                row.getString("error_class"),
                row.getString("error_detail"),
                instant(row, "parked_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /**
     * How many events of a stream lie aside.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param slot the stream's slot
     * @return the number
     * @throws SQLException where they cannot be counted
     */
    public long count(Connection control, String slot) throws SQLException {
        return ShortTransaction.on(control, () -> {
            String query = "SELECT count(*) FROM " + table + " WHERE slot = ?";
            try (PreparedStatement select = control.prepareStatement(query)) {
                select.setString(1, slot);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /**
     * What an event can be made anew of.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param letter the event
     * @return the payload; empty where it does not lie aside any more
     * @throws SQLException where it cannot be read
     */
    public Optional<byte[]> payload(Connection control, DeadLetter letter) throws SQLException {
        return ShortTransaction.on(control, () -> {
            try (PreparedStatement select = control.prepareStatement("SELECT payload FROM " + table + KEY)) {
                key(select, letter);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
                }
            }
        });
    }

    /**
     * Forgets an event.
     *
     * @param control a connection of our own, in auto-commit mode
     * @param letter the event
     * @return false where it does not lie aside any more
     * @throws SQLException where it cannot
     */
    public boolean delete(Connection control, DeadLetter letter) throws SQLException {
        return ShortTransaction.on(control, () -> {
            try (PreparedStatement delete = control.prepareStatement("DELETE FROM " + table + KEY)) {
                key(delete, letter);
                return delete.executeUpdate() == 1;
            }
        });
    }

    private static void key(PreparedStatement statement, DeadLetter letter) throws SQLException {
        statement.setString(1, letter.slot());
        statement.setString(2, letter.subscription());
        statement.setString(3, letter.eventId());
    }
}
