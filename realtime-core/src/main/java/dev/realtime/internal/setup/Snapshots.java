package dev.realtime.internal.setup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a connection sees of others' transactions (manual, section 9.28.10, {@code pg_current_snapshot}). Has no state.
 */
public final class Snapshots {

    private static final String ENDS =
            "SELECT pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint";
    private static final String SHOWS =
            "SELECT pg_catalog.pg_visible_in_snapshot(?::text::pg_catalog.xid8," + " pg_catalog.pg_current_snapshot())";

    private Snapshots() {}

    /**
     * A transaction's whole number, of which the stream has 32 bits.
     *
     * @param connection to the server, or a standby of it
     * @param xid the transaction's number, unsigned 32 bits
     * @return an {@code xid8}
     * @throws SQLException where the server cannot be asked
     */
    public static long wholeXid(Connection connection, long xid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENDS);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return nearest(xid, row.getLong(1));
        }
    }

    /**
     * The number with these last 32 bits that is nearest to where a snapshot ends. A transaction that is not visible yet may
     * lie behind that end, where others that began later are not visible either.
     */
    static long nearest(long xid, long ends) {
        return ends + (int) (xid - ends);
    }

    /**
     * Whether a committed transaction is visible to a statement that is begun now.
     *
     * @param connection whose view it is
     * @param wholeXid the transaction's number
     * @return true where it is visible
     * @throws SQLException where the server cannot be asked
     */
    public static boolean shows(Connection connection, long wholeXid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SHOWS)) {
            statement.setString(1, Long.toString(wholeXid));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
