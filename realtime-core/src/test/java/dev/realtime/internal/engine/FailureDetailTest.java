package dev.realtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.error.DecodingException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailureDetailTest {

    @Test
    void our_own_words_hold_no_values_and_are_kept() {
        assertThat(FailureDetail.of(new DecodingException("Column \"a\" is no number")))
                .isEqualTo("Column \"a\" is no number");
        assertThat(FailureDetail.of(new DecodingException("x".repeat(5_000)))).hasSize(1_000);
    }

    @Test
    void of_others_the_place_is_told_and_not_their_words() {
        SQLException database = new SQLException("Key (email)=(ada@example.org) already exists", "23505");

        String detail = FailureDetail.of(new IllegalStateException("ada@example.org", database));

        assertThat(detail)
                .doesNotContain("ada@")
                .contains(getClass().getName())
                .contains("caused by java.sql.SQLException, SQLSTATE 23505");
    }
}
