package dev.realtime.internal.store;

import dev.realtime.wal.Lsn;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of how far subscriptions are: one row for each slot and subscription. It is written in transactions of the
 * application, so nothing else is kept in it: a transaction that reads at one moment (REPEATABLE READ) would fail wherever
 * someone else touches the row. Immutable.
 *
 * @param table its name
 */
public record OffsetTable(StoredTable table) {

    /** What the table is for. */
    public static final String REASON = "The table keeps how far each subscription is";

    /** What the streaming role needs there; the application's role needs SELECT and UPDATE. */
    public static final List<String> PRIVILEGES = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

    /**
     * The statement that creates it.
     *
     * @return SQL
     */
    public String creation() {
        return "CREATE TABLE " + table
                + " (slot text NOT NULL, name text NOT NULL, system_id text NOT NULL, epoch bigint NOT NULL,"
                + " commit_lsn pg_lsn NOT NULL, ordinal bigint NOT NULL, PRIMARY KEY (slot, name))";
    }

    /** Moves forward, and only for its owner; parameters are numbered for JPA, and stand in this order for JDBC. */
    String moving(boolean numbered) {
        String sql = "UPDATE " + table + " SET commit_lsn = CAST(?1 AS pg_lsn), ordinal = ?2"
                + " WHERE slot = ?3 AND name = ?4 AND system_id = ?5 AND epoch = ?6"
                + " AND (commit_lsn, ordinal) < (CAST(?7 AS pg_lsn), CAST(?8 AS bigint))";
        return numbered ? sql : withoutNumbers(sql);
    }

    String reading(boolean numbered) {
        String sql = "SELECT system_id, epoch, CAST(commit_lsn AS text) AS commit_lsn, ordinal FROM " + table
                + " WHERE slot = ?1 AND name = ?2";
        return numbered ? sql : withoutNumbers(sql);
    }

    private static String withoutNumbers(String sql) {
        return sql.replaceAll("\\?\\d", "?");
    }

    /** What {@link #moving} wants, in its order. */
    private static List<Object> parameters(String slot, String name, Owner owner, Lsn commit, long ordinal) {
        String lsn = commit.toString();
        return List.of(lsn, ordinal, slot, name, owner.systemIdentifier(), owner.epoch(), lsn, ordinal);
    }

    boolean move(Connection connection, String slot, String name, Owner owner, Lsn commit, long ordinal)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(moving(false))) {
            int number = 0;
            for (Object parameter : parameters(slot, name, owner, commit, ordinal)) {
                update.setObject(++number, parameter);
            }
            return update.executeUpdate() == 1;
        }
    }

    boolean move(EntityManager manager, String slot, String name, Owner owner, Lsn commit, long ordinal) {
        Query update = manager.createNativeQuery(moving(true));
        int number = 0;
        for (Object parameter : parameters(slot, name, owner, commit, ordinal)) {
            update.setParameter(++number, parameter);
        }
        return update.executeUpdate() == 1;
    }

    @Nullable
    StoredOffset read(Connection connection, String slot, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(reading(false))) {
            select.setString(1, slot);
            select.setString(2, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? offset(row) : null;
            }
        }
    }

    @Nullable
    StoredOffset read(EntityManager manager, String slot, String name) {
        Query select = manager.createNativeQuery(reading(true));
        select.setParameter(1, slot);
        select.setParameter(2, name);
        List<?> rows = select.getResultList();
        if (rows.isEmpty()) {
            return null;
        }
        Object[] row = (Object[]) rows.get(0);
        return new StoredOffset(
                (String) row[0],
                ((Number) row[1]).longValue(),
                Lsn.parse((String) row[2]),
                ((Number) row[3]).longValue());
    }

    static StoredOffset offset(ResultSet row) throws SQLException {
        return new StoredOffset(
                row.getString("system_id"),
                row.getLong("epoch"),
                Lsn.parse(row.getString("commit_lsn")),
                row.getLong("ordinal"));
    }
}
