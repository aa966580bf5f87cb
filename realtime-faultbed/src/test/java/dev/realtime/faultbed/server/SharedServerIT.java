package dev.realtime.faultbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class SharedServerIT {

    @Test
    void eachDatabaseAndEachNameIsNew() throws SQLException {
        try (TestDatabase one = SharedServer.database();
                TestDatabase other = SharedServer.database()) {
            assertThat(one.name()).isNotEqualTo(other.name());
            assertThat(one.unique("slot")).isNotEqualTo(one.unique("slot")).isNotEqualTo(other.unique("slot"));
            assertThat(one.value("SELECT current_database()")).isEqualTo(one.name());
            assertThat(one.value("SELECT 1 WHERE false")).isNull();
        }
    }

    @Test
    void closingTakesSlotsSessionsAndPreparedTransactionsWithIt() throws SQLException {
        TestDatabase database = SharedServer.database();
        String slot = database.unique("slot");
        database.execute(
                "CREATE TABLE t (id int)",
                "SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");
        try (Connection left = database.connect();
                Statement statement = left.createStatement()) {
            statement.execute("BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION '" + database.unique("gid") + "'");
            database.close();
            try (TestDatabase judge = SharedServer.database()) {
                assertThat(judge.value("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + slot + "'"))
                        .isEqualTo("0");
                assertThat(judge.value("SELECT count(*) FROM pg_database WHERE datname = '" + database.name() + "'"))
                        .isEqualTo("0");
            }
        }
    }
}
