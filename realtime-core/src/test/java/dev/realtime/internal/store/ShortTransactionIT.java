package dev.realtime.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ShortTransactionIT {

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void it_waits_for_nobody_for_long_and_a_frozen_one_is_not_waited_for_either() throws Exception {
        try (TestDatabase database = TestDatabase.on(SharedServer.get());
                Connection connection = database.connect()) {
            String inside = ShortTransaction.on(
                    connection,
                    () -> setting(connection, "lock_timeout") + " " + setting(connection, "statement_timeout") + " "
                            + setting(connection, "idle_in_transaction_session_timeout"));

            assertThat(inside).isEqualTo("5s 10s 10s");
            assertThat(setting(connection, "idle_in_transaction_session_timeout"))
                    .as("behind it")
                    .isEqualTo("0");
        }
    }
}
