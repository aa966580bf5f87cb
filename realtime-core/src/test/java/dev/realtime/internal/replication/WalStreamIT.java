package dev.realtime.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.internal.connection.SqlText;
import dev.realtime.support.Eventually;
import dev.realtime.wal.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WalStreamIT {

    private Published published;

    @BeforeEach
    void publish() throws SQLException {
        published = Published.onSharedServer();
    }

    @AfterEach
    void drop() {
        published.close();
    }

    @Test
    void everyByteIsTheOneTheServerHolds() throws SQLException {
        for (int i = 0; i < 50; i++) {
            published.insert(i * 1000, i * 1000 + i * 7);
        }
        published.database.execute("INSERT INTO t VALUES (-1, repeat('0123456789', 300000))");
        CRC32 expected = new CRC32();
        int messages = 0;
        try (Connection connection = published.database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT data FROM pg_logical_slot_peek_binary_changes('" + published.slot
                                + "', NULL, NULL, 'proto_version', '1', 'publication_names', "
                                + SqlText.identifierList(List.of(published.publication)) + ")")) {
            for (; rows.next(); messages++) {
                expected.update(rows.getBytes(1));
            }
        }
        CRC32 found = new CRC32();
        try (WalStream stream = published.stream()) {
            List<WalRecord> records = Published.readUntilCommits(stream, 51);
            for (WalRecord record : records) {
                if (record instanceof XLogData data) {
                    found.update(data.bytes(), data.offset(), data.length());
                }
            }
            assertThat(stream.counters().records()).isEqualTo(messages);
            assertThat(stream.counters().reads()).isLessThan(messages);
        }
        assertThat(found.getValue()).isEqualTo(expected.getValue());
    }

    @Test
    void anIdleStreamSeesKeepalivesAndConfirmingThemMovesTheSlot() throws SQLException {
        try (WalStream stream = published.stream()) {
            Lsn before = published.confirmed();
            published.database.execute("CREATE TABLE not_published (id int)");
            Lsn target = Lsn.parse(String.valueOf(published.database.value("SELECT pg_current_wal_flush_lsn()")));
            Published.readUntil(
                    stream,
                    record -> record instanceof Keepalive keepalive
                            && !Lsn.of(keepalive.walEnd()).isBefore(target));
            stream.sendStatus(true);
            Published.readUntil(stream, Keepalive.class::isInstance);
            assertThat(published.confirmed()).as("received is not confirmed").isEqualTo(before);

            stream.confirm(stream.received());
            stream.sendStatus(true);
            Published.readUntil(stream, Keepalive.class::isInstance);
            assertThat(published.confirmed()).isGreaterThanOrEqualTo(target);
        }
    }

    @Test
    void anUnconfirmedTransactionComesAgainAndAConfirmedOneDoesNot() throws SQLException {
        published.insert(1, 2);
        published.insert(3, 4);
        Lsn first;
        try (WalStream stream = published.stream()) {
            first = lastPosition(Published.readUntilCommits(stream, 1));
            stream.confirm(first);
            Published.readUntilCommits(stream, 1);
        }
        Eventually.equal(first, published::confirmed);
        try (WalStream stream = published.stream()) {
            List<WalRecord> again = Published.readUntilCommits(stream, 1);
            assertThat(Published.rows(again)).isEqualTo(2);
            assertThat(lastPosition(again)).isGreaterThan(first);
        }
    }

    @Test
    void aPositionTheServerHasNotSentIsNotConfirmed() {
        try (WalStream stream = published.stream()) {
            Lsn beyond = Lsn.of(Math.max(stream.received().value(), 0) + (1L << 40));
            assertThatIllegalArgumentException().isThrownBy(() -> stream.confirm(beyond));
        }
    }

    @Test
    void anIdleReaderSendsItsStatusOnTime() throws SQLException {
        try (WalStream stream = published.stream(Published.impatient())) {
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            while (System.nanoTime() < end) {
                while (stream.poll() != null) {
                    // Keepalives only.
                }
                assertThat(stream.await(end)).isNotEqualTo(Wake.END);
            }
            assertThat(stream.counters().statuses()).isBetween(12L, 40L);
            // A busy database beside this one has the server send keepalives; each is read once.
            assertThat(stream.counters().reads() - stream.counters().keepalives())
                    .as("wake-ups without a keepalive")
                    .isLessThan(60);
        }
    }

    @Test
    void aPausedReaderThatKeepsSendingStatusesKeepsItsConnection() throws SQLException {
        published.insert(1, 200_000);
        try (WalStream stream = published.stream(Published.impatient())) {
            assertThat(stream.await(System.nanoTime() + Duration.ofSeconds(10).toNanos()))
                    .isEqualTo(Wake.DATA);
            long oldest = 0;
            try (Connection connection = published.database.connect();
                    Statement statement = connection.createStatement()) {
                long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
                while (System.nanoTime() < end) {
                    stream.sendStatusIfDue();
                    try (ResultSet row = statement.executeQuery(
                            "SELECT 1000 * extract(epoch FROM clock_timestamp() - coalesce(reply_time, backend_start))"
                                    + " FROM pg_stat_replication r JOIN pg_replication_slots s ON s.active_pid = r.pid"
                                    + " WHERE s.slot_name = '" + published.slot + "'")) {
                        assertThat(row.next()).as("still connected").isTrue();
                        oldest = Math.max(oldest, row.getLong(1));
                    }
                }
            }
            assertThat(oldest).as("age of the oldest status in ms").isLessThan(1000);
            assertThat(Published.rows(Published.readUntilCommits(stream, 1))).isEqualTo(200_000);
        }
    }

    @Test
    void aPublicationThatIsMissingIsSeenInEveryVersion() throws SQLException {
        published.database.execute("DROP PUBLICATION " + SqlText.identifier(published.publication));
        published.insert(1, 1);
        try (WalStream stream = published.stream()) {
            List<ServerWarning> warnings = untilWarned(stream);
            assertThat(published.database.server().majorVersion()).isGreaterThanOrEqualTo(18);
            assertThat(warnings).extracting(ServerWarning::sqlState).containsOnly("55000");
            assertThat(stream.takeWarnings()).isEmpty();
        } catch (SetupException e) {
            assertThat(published.database.server().majorVersion()).isLessThan(18);
            assertThat(e.problem()).isEqualTo(SetupProblem.PUBLICATION_MISSING);
        }
    }

    @Test
    void nothingIsConfirmedPastAChangeThatAMissingPublicationHides() throws SQLException {
        Lsn before = published.confirmed();
        try (WalStream stream = published.stream()) {
            published.database.execute("DROP PUBLICATION " + SqlText.identifier(published.publication));
            published.insert(1, 1);
            Lsn lost = Lsn.parse(String.valueOf(published.database.value("SELECT pg_current_wal_flush_lsn()")));
            Published.readUntil(
                    stream,
                    record -> record instanceof Keepalive keepalive
                            && !Lsn.of(keepalive.walEnd()).isBefore(lost));
            stream.confirm(stream.received());
            stream.sendStatus(true);
            Published.readUntil(stream, Keepalive.class::isInstance);
            assertThat(published.confirmed())
                    .as("while nobody has taken the warning")
                    .isEqualTo(before);
            assertThat(stream.takeWarnings()).isNotEmpty();
            assertThat(published.database.server().majorVersion()).isGreaterThanOrEqualTo(18);
        } catch (SetupException e) {
            assertThat(e.problem()).isEqualTo(SetupProblem.PUBLICATION_MISSING);
            assertThat(published.confirmed()).isEqualTo(before);
            assertThat(published.database.server().majorVersion()).isLessThan(18);
        }
    }

    private List<ServerWarning> untilWarned(WalStream stream) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline) {
            while (stream.poll() != null) {
                // The row is not among what comes.
            }
            List<ServerWarning> warnings = stream.takeWarnings();
            if (!warnings.isEmpty()) {
                return warnings;
            }
            stream.await(deadline);
        }
        throw new AssertionError("No warning");
    }

    private static Lsn lastPosition(List<WalRecord> records) {
        return Lsn.of(((XLogData) records.get(records.size() - 1)).lsn());
    }
}
