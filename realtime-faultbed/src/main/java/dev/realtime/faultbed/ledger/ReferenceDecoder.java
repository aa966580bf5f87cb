package dev.realtime.faultbed.ledger;

import dev.realtime.faultbed.server.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * An independent witness: a second slot, another output plugin, read by SQL. It sees the transactions that commit after it
 * was made; make it while nobody writes, together with the slot under test. It is read by peeking, so it can be read as often
 * as is wanted, and it holds the log until its database goes. Thread-safe.
 */
public final class ReferenceDecoder {

    private static final int FETCH_SIZE = 1000;

    private final TestDatabase database;
    private final String slot;
    private final Set<String> tables;

    private ReferenceDecoder(TestDatabase database, String slot, Set<String> tables) {
        this.database = database;
        this.slot = slot;
        this.tables = tables;
    }

    /**
     * Makes a witness.
     *
     * @param database where
     * @param tables the published tables, schema and name, as {@code public.ledger}; a row's key is its column {@code id}, its
     *     content is told by its column {@code crc}, if it has one
     * @return a decoder that sees everything from now on
     * @throws SQLException where the server refuses the slot
     */
    public static ReferenceDecoder create(TestDatabase database, String... tables) throws SQLException {
        String slot = database.unique("reference");
        database.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");
        return new ReferenceDecoder(database, slot, Set.of(tables));
    }

    /**
     * The name of its slot.
     *
     * @return a name that is unique on the server
     */
    public String slot() {
        return slot;
    }

    /**
     * Reads everything there is.
     *
     * @return the transactions committed since the decoder was made
     * @throws SQLException where the server refuses
     */
    public Reference read() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // Only inside a transaction does the driver fetch in portions.
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet changes = statement.executeQuery(
                    "SELECT lsn, xid, data FROM pg_logical_slot_peek_changes('" + slot + "', NULL, NULL)")) {
                return read(changes);
            }
        }
    }

    private Reference read(ResultSet changes) throws SQLException {
        List<ReferenceTransaction> transactions = new ArrayList<>();
        List<ReferenceRow> rows = new ArrayList<>();
        while (changes.next()) {
            String data = changes.getString("data");
            if (data.startsWith("BEGIN")) {
                rows.clear();
            } else if (data.startsWith("COMMIT")) {
                // For a COMMIT this column is the end of the commit record, unlike for any other line.
                long end = LogSequenceNumber.valueOf(changes.getString("lsn")).asLong();
                transactions.add(new ReferenceTransaction(end, changes.getLong("xid"), rows));
            } else {
                @Nullable ReferenceRow row = TestDecodingText.row(data, rows.size());
                if (row != null && tables.contains(row.table())) {
                    rows.add(row);
                }
            }
        }
        return new Reference(transactions);
    }
}
