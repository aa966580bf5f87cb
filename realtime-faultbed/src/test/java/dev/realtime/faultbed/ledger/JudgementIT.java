package dev.realtime.faultbed.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.faultbed.proxy.FaultProxy;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole bed around a real stream: an honest consumer is acquitted, a hasty one is not. */
class JudgementIT {

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final int FAULTS = 8;
    private static final int COMMITS_BETWEEN = 30;

    private final TestDatabase database = SharedServer.database();
    private final FaultProxy proxy = FaultProxy.before(
                    database.server().host(), database.server().port())
            .start();

    @TempDir
    private Path directory;

    private final String slot = database.unique("consumer");
    private HandledLog log;
    private Confirmations confirmations;
    private ReferenceDecoder decoder;

    @BeforeEach
    void open() throws SQLException {
        Workload.createTable(database);
        log = HandledLog.open(directory.resolve("handled.log"));
        confirmations = new Confirmations(slot, log);
        proxy.observe(confirmations);
        decoder = ReferenceDecoder.create(database, Workload.TABLE);
    }

    @AfterEach
    void close() {
        proxy.close();
        log.close();
        database.close();
    }

    @Test
    void anHonestConsumerIsAcquittedOnABrokenNetwork() throws SQLException {
        WorkloadPlan plan = WorkloadPlan.seeded(System.nanoTime()).bigBodies(2).endless();
        try (Consumer consumer = new Consumer(database, slot, proxy, log, false);
                Workload workload = Workload.start(database, plan)) {
            for (int fault = 0; fault < FAULTS; fault++) {
                workload.awaitCommits(COMMITS_BETWEEN, DEADLINE);
                switch (fault % 4) {
                    case 0 -> proxy.reset();
                    case 1 -> proxy.cut();
                    case 2 -> proxy.cutAtMessage(7);
                    default -> proxy.cutAfterMessage(7);
                }
            }
            assertThat(workload.stop().committed()).isGreaterThanOrEqualTo(COMMITS_BETWEEN * FAULTS);
            Oracles oracles = Oracles.awaitComplete(decoder.read(), log, DEADLINE);
            List<Report> reports = oracles.all(confirmations);
            System.out.println(reports);
            assertThat(oracles.ackSafe(confirmations).statuses()).isPositive();
            assertThat(oracles.duplicates().rows()).isPositive();
            assertThat(proxy.traffic().connections()).isGreaterThan(FAULTS / 2);
            assertThat(consumer).isNotNull();
        }
    }

    @Test
    void aConsumerThatConfirmsBeforeItHandlesIsConvictedWithoutAnyFault() throws SQLException {
        WorkloadPlan plan = WorkloadPlan.seeded(System.nanoTime()).transactions(5);
        try (Consumer consumer = new Consumer(database, slot, proxy, log, true);
                Workload workload = Workload.start(database, plan)) {
            workload.await(DEADLINE);
            Oracles oracles = Oracles.awaitComplete(decoder.read(), log, DEADLINE);
            assertThat(oracles.noPhantom().rows()).isPositive();
            assertThatThrownBy(() -> oracles.ackSafe(confirmations))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("not yet handled");
            assertThat(consumer).isNotNull();
        }
    }
}
