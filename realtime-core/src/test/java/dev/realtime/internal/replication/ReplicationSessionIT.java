package dev.realtime.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConfigurationException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.internal.connection.ConnectorSettings;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.support.Eventually;
import dev.realtime.wal.Lsn;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReplicationSessionIT {

    private static Published published;

    @BeforeAll
    static void publish() throws SQLException {
        published = Published.onSharedServer();
    }

    @AfterAll
    static void drop() {
        published.close();
    }

    @Test
    void theSessionKnowsItsServerAndItself() throws SQLException {
        try (ReplicationSession session = ReplicationSession.open(published.connector(), Published.settings())) {
            SystemIdentity identity = session.identity();
            assertThat(identity.systemIdentifier())
                    .isEqualTo(published.database.value("SELECT system_identifier FROM pg_control_system()"));
            assertThat(identity.timeline()).isEqualTo(1);
            assertThat(identity.database()).isEqualTo(published.database.name());
            assertThat(identity.walFlush()).isGreaterThan(Lsn.ZERO);
            assertThat(session.serverMajorVersion())
                    .isEqualTo(published.database.server().majorVersion());
            assertThat(published.database.value("SELECT backend_type || ' ' || application_name FROM pg_stat_activity"
                            + " WHERE pid = " + session.backendPid()))
                    .isEqualTo("walsender realtime test");
        }
    }

    @Test
    void whatAHostileRoleSetsDoesNotReachTheStream() throws SQLException {
        String role = published.database.unique("hostile");
        published.database.execute("CREATE ROLE " + role + " LOGIN REPLICATION SUPERUSER");
        for (String setting : List.of(
                "extra_float_digits = -5",
                "bytea_output = 'escape'",
                "\"IntervalStyle\" = 'postgres_verbose'",
                "\"DateStyle\" = 'German'",
                "\"TimeZone\" = 'Asia/Kathmandu'",
                "search_path = 'nowhere'",
                "client_min_messages = 'error'",
                "xmlbinary = 'hex'",
                "wal_sender_timeout = '7min'",
                "statement_timeout = '1s'")) {
            published.database.execute("ALTER ROLE " + role + " SET " + setting);
        }
        String slot = published.database.unique("slot");
        TestDatabase database = published.database;
        database.execute(
                "CREATE TABLE hostile (id int PRIMARY KEY, f float8, b bytea, i interval, d date, s timestamptz)",
                "CREATE PUBLICATION hostile FOR TABLE hostile",
                "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')",
                "INSERT INTO hostile VALUES (1, 0.1::float8 + 0.2, '\\x00ff', '1 year 2 days 3.5 seconds', '2026-11-21',"
                        + " '2026-11-21 12:00:00+00')");
        PostgresConnector connector = new PostgresConnector(
                Coordinates.of(database.url(), role, () -> null), ConnectorSettings.of("realtime test"));
        try (WalStream stream =
                ReplicationSession.open(connector, Published.settings()).startStreaming(slot, List.of("hostile"))) {
            List<WalRecord> records = Published.readUntilCommits(stream, 1);
            String text = new StringBuilder()
                    .append(records.stream()
                            .filter(XLogData.class::isInstance)
                            .map(XLogData.class::cast)
                            .filter(data -> data.bytes()[data.offset()] == 'I')
                            .map(data -> new String(data.bytes(), StandardCharsets.ISO_8859_1))
                            .findFirst()
                            .orElseThrow())
                    .toString();
            assertThat(text)
                    .contains("0.30000000000000004", "\\x00ff", "P1Y2DT3.5S", "2026-11-21", "2026-11-21 12:00:00+00");
        } finally {
            database.execute("SELECT pg_drop_replication_slot('" + slot + "')", "DROP ROLE " + role);
        }
    }

    @Test
    void aTemporarySlotStreamsAndGoesWithItsSession() throws SQLException {
        String slot = published.database.unique("temporary");
        ReplicationSession session = ReplicationSession.open(published.connector(), Published.settings());
        assertThat(session.createTemporarySlot(slot)).isGreaterThan(Lsn.ZERO);
        published.insert(1001, 1003);
        try (WalStream stream = session.startStreaming(slot, List.of(published.publication))) {
            assertThat(Published.rows(Published.readUntilCommits(stream, 1))).isEqualTo(3);
        }
        try (ReplicationSession next = ReplicationSession.open(published.connector(), Published.settings())) {
            next.createTemporarySlot(published.database.unique("temporary"));
        }
        Eventually.equal(
                0L,
                () -> Long.valueOf(String.valueOf(published.database.value(
                        "SELECT count(*) FROM pg_replication_slots WHERE slot_name LIKE 'temporary%' AND database = '"
                                + published.database.name() + "'"))));
    }

    @Test
    void aSlotNameThatPostgresDoesNotAllowIsRefusedBeforeAnythingIsSent() {
        try (ReplicationSession session = ReplicationSession.open(published.connector(), Published.settings())) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> session.createTemporarySlot("Shop-1"));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> session.startStreaming("shop; DROP", List.of("p")));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> session.startStreaming("shop", List.of()));
            assertThat(session.createTemporarySlot(published.database.unique("after")))
                    .isGreaterThan(Lsn.ZERO);
        }
    }

    @Test
    void eachReasonWhyASlotDoesNotStreamIsTold() throws SQLException {
        TestDatabase database = published.database;
        String physical = database.unique("physical");
        String other = database.unique("other_plugin");
        String elsewhere = database.unique("elsewhere");
        database.execute(
                "SELECT pg_create_physical_replication_slot('" + physical + "')",
                "SELECT pg_create_logical_replication_slot('" + other + "', 'test_decoding')");
        try (TestDatabase second = SharedServer.database();
                WalStream holder = published.stream()) {
            second.execute("SELECT pg_create_logical_replication_slot('" + elsewhere + "', 'pgoutput')");
            assertThat(problemOf("no_such_slot")).isEqualTo(SetupProblem.SLOT_MISSING);
            assertThat(problemOf(published.slot)).isEqualTo(SetupProblem.SLOT_IN_USE);
            assertThat(problemOf(physical)).isEqualTo(SetupProblem.SLOT_OTHER_PLUGIN);
            assertThat(problemOf(other)).isEqualTo(SetupProblem.SLOT_OTHER_PLUGIN);
            assertThat(problemOf(elsewhere)).isEqualTo(SetupProblem.SLOT_OTHER_DATABASE);
            holder.sendStatus(true);
            Published.readUntil(holder, Keepalive.class::isInstance);
        } finally {
            database.execute(
                    "SELECT pg_drop_replication_slot('" + physical + "')",
                    "SELECT pg_drop_replication_slot('" + other + "')");
        }
    }

    @Test
    void aRefusedCommandLeavesTheSessionUsable() {
        try (ReplicationSession session = ReplicationSession.open(published.connector(), Published.settings())) {
            assertThatExceptionOfType(SetupException.class)
                    .isThrownBy(() -> session.startStreaming("no_such_slot", List.of("p")));
            assertThat(session.createTemporarySlot(published.database.unique("later")))
                    .isGreaterThan(Lsn.ZERO);
        }
    }

    private static SetupProblem problemOf(String slot) {
        try (ReplicationSession session = ReplicationSession.open(published.connector(), Published.settings())) {
            SetupException e = catchThrowableOfType(
                    SetupException.class, () -> session.startStreaming(slot, List.of(published.publication)));
            assertThat(e).hasMessageContaining(slot);
            return e.problem();
        }
    }
}
