package dev.realtime;

import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.support.MillionRowsChild;
import dev.realtime.support.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Memory does not grow with the transaction. */
@Isolated("its writer holds up every slot that another test wants to create on the server")
class BigTransactionIT {

    private static final int ROWS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void a_million_rows_of_one_transaction_are_handled_in_64_megabytes_and_confirmed(@TempDir Path directory)
            throws Exception {
        try (TestDatabase database = SharedServer.database()) {
            String slot = database.unique("big");
            Workload.createTable(database);
            // The server has to spill the transaction to its disk.
            database.execute("ALTER DATABASE " + database.name() + " SET logical_decoding_work_mem = '1MB'");
            try (ChildJvm child = ChildJvm.start(
                    MillionRowsChild.class,
                    directory.resolve("child.out"),
                    List.of("-Xmx64m", "-XX:+UseSerialGC"),
                    database.url(),
                    slot,
                    Integer.toString(ROWS))) {
                child.awaitLine(MillionRowsChild.STREAMS::equals, PATIENCE);
                database.execute("INSERT INTO ledger SELECT n, 0, 1, 'row ' || n, 0 FROM generate_series(0, "
                        + (ROWS - 1) + ") n");
                String written = database.value("SELECT pg_current_wal_flush_lsn()");
                String done = child.awaitLine(line -> line.startsWith(MillionRowsChild.DONE), PATIENCE);

                long millis = Long.parseLong(done.substring(MillionRowsChild.DONE.length()));
                System.out.printf(
                        "%,d rows of one transaction under -Xmx64m: %d ms, %,d rows/s%n",
                        ROWS, millis, ROWS * 1000L / millis);
                Stage.await(Duration.ofMinutes(1))
                        .until(() -> "t"
                                .equals(database.value("SELECT confirmed_flush_lsn >= '" + written
                                        + "' FROM pg_replication_slots WHERE slot_name = '" + slot + "'")));
            }
        }
    }
}
