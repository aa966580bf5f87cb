package dev.realtime.faultbed.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.StopMode;
import dev.realtime.faultbed.server.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WorkloadIT {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    /** The decoder's rows, played from the first to the last, must give the table: then both tell the same truth. */
    @Test
    void theReferencePlayedFromTheStartGivesTheTable() throws SQLException {
        try (TestDatabase database = SharedServer.database()) {
            Workload.createTable(database);
            ReferenceDecoder decoder = ReferenceDecoder.create(database, Workload.TABLE);
            WorkloadPlan plan =
                    WorkloadPlan.seeded(System.nanoTime()).transactions(30).bigBodies(3);
            try (Workload workload = Workload.start(database, plan)) {
                WorkloadReport report = workload.await(DEADLINE);
                assertThat(report.committed()).isPositive();
                assertThat(report.rolledBack()).isPositive();
                assertThat(report.unknown()).isZero();
                assertThat(report.savepointRollbacks()).isPositive();
            }
            assertThatTableIs(database, decoder.read());
        }
    }

    @Test
    void writersGoOnAfterACrashOfTheServer() throws SQLException {
        try (PostgresServer server = PostgresServer.builder().start();
                TestDatabase database = TestDatabase.on(server)) {
            Workload.createTable(database);
            ReferenceDecoder decoder = ReferenceDecoder.create(database, Workload.TABLE);
            WorkloadPlan plan = WorkloadPlan.seeded(System.nanoTime()).endless();
            try (Workload workload = Workload.start(database, plan)) {
                for (int crash = 0; crash < 2; crash++) {
                    workload.awaitCommits(50, DEADLINE);
                    server.restart(StopMode.IMMEDIATE);
                }
                workload.awaitCommits(50, DEADLINE);
                assertThat(workload.stop().committed()).isPositive();
            }
            assertThatTableIs(database, decoder.read());
        }
    }

    private static void assertThatTableIs(TestDatabase database, Reference reference) throws SQLException {
        Map<String, Integer> played = new TreeMap<>();
        for (ReferenceTransaction transaction : reference.transactions()) {
            transaction.rows().forEach(row -> play(row, played));
        }
        Map<String, Integer> table = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, crc FROM ledger")) {
            while (rows.next()) {
                table.put(rows.getString(1), rows.getInt(2));
            }
        }
        assertThat(table.size()).isEqualTo(played.size()).isPositive();
        assertThat(table.equals(played)).as("the table is what was played").isTrue();
    }

    private static void play(ReferenceRow row, Map<String, Integer> played) {
        String before = row.oldKey() == null ? row.key() : row.oldKey();
        Integer was = played.remove(before);
        assertThat(was == null).as("the row was new").isEqualTo(row.operation() == Operation.INSERT);
        Integer crc = row.crc();
        if (crc != null) {
            played.put(row.key(), crc);
        }
    }
}
