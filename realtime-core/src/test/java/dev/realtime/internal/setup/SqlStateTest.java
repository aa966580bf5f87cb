package dev.realtime.internal.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStateTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08001", "57P01", "57P02", "57P03", "53300", "40P01", "55P03", "XX000"})
    void what_passes_by_itself_is_an_error_of_the_connection(String state) {
        assertThat(SqlState.unexpected("Asking", new SQLException("gone", state)))
                .isInstanceOfSatisfying(
                        ConnectException.class, e -> assertThat(e.sqlState()).isEqualTo(state));
    }

    @Test
    void what_nobody_expected_keeps_its_code_and_its_cause() {
        SQLException cause = new SQLException("boom", "22012");
        assertThat(SqlState.unexpected("Asking", cause))
                .isExactlyInstanceOf(RealtimeException.class)
                .hasMessageContainingAll("Asking", "22012", "boom")
                .hasCause(cause);
    }
}
