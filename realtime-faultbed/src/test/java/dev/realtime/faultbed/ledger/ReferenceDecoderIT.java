package dev.realtime.faultbed.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

class ReferenceDecoderIT {

    private final TestDatabase database = SharedServer.database();
    private ReferenceDecoder decoder;

    @BeforeEach
    void create() throws SQLException {
        Workload.createTable(database);
        database.execute("CREATE TABLE unseen (id int)");
        decoder = ReferenceDecoder.create(database, Workload.TABLE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void transactionsComeInTheOrderOfCommitsWithTheirRows() throws SQLException {
        try (Connection one = database.connect();
                Connection other = database.connect();
                Statement first = one.createStatement();
                Statement second = other.createStatement()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            first.execute("INSERT INTO ledger VALUES (1, 0, 1, 'a''b', 11)");
            second.execute("INSERT INTO ledger VALUES (2, 0, 1, E'two\\nlines', 22)");
            first.execute("SAVEPOINT s");
            first.execute("INSERT INTO ledger VALUES (3, 0, 1, 'never', 33)");
            first.execute("ROLLBACK TO s");
            first.execute("INSERT INTO unseen VALUES (1)");
            first.execute("UPDATE ledger SET id = 4 WHERE id = 1");
            other.commit();
            one.commit();
            second.execute("DELETE FROM ledger WHERE id = 2");
            other.rollback();
            second.execute("TRUNCATE ledger");
            other.commit();
        }
        Reference reference = decoder.read();
        assertThat(reference.transactions()).hasSize(3);
        assertThat(reference.transactions().get(0).rows())
                .containsExactly(new ReferenceRow(0, Workload.TABLE, Operation.INSERT, "2", null, 22));
        assertThat(reference.transactions().get(1).rows())
                .containsExactly(
                        new ReferenceRow(0, Workload.TABLE, Operation.INSERT, "1", null, 11),
                        new ReferenceRow(1, Workload.TABLE, Operation.UPDATE, "4", "1", 11));
        assertThat(reference.transactions().get(2).rows())
                .containsExactly(new ReferenceRow(0, Workload.TABLE, Operation.TRUNCATE, "-", null, null));
        assertThat(reference.transactions())
                .extracting(ReferenceTransaction::end)
                .isSorted();
        assertThat(decoder.read()).isEqualTo(reference);
    }

    @Test
    void theEndIsWhatConfirmsATransaction() throws SQLException {
        String slot = database.unique("other");
        database.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");
        database.execute("INSERT INTO ledger VALUES (1, 0, 1, '', 0)", "INSERT INTO ledger VALUES (2, 0, 1, '', 0)");
        long end = decoder.read().transactions().get(0).end();
        String left = "SELECT count(*) FROM pg_logical_slot_peek_changes('" + slot + "', NULL, NULL)"
                + " WHERE data LIKE 'table%'";
        advance(slot, end);
        assertThat(database.value(left)).isEqualTo("1");
    }

    private void advance(String slot, long to) throws SQLException {
        database.execute("SELECT pg_replication_slot_advance('" + slot + "', '"
                + LogSequenceNumber.valueOf(to).asString() + "')");
    }
}
