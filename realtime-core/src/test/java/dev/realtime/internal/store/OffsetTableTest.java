package dev.realtime.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.FencedException;
import dev.realtime.error.GapException;
import dev.realtime.error.RealtimeException;
import dev.realtime.wal.Lsn;
import org.junit.jupiter.api.Test;

class OffsetTableTest {

    private static final Owner OWNER = new Owner("7001", 5);

    private final OffsetTable table = new OffsetTable(new StoredTable("My \"Schema\"", "offset"));

    @Test
    void a_position_moves_forward_only_and_only_for_its_owner() {
        assertThat(table.moving(false))
                .isEqualTo("UPDATE \"My \"\"Schema\"\"\".\"offset\" SET commit_lsn = CAST(? AS pg_lsn), ordinal = ?"
                        + " WHERE slot = ? AND name = ? AND system_id = ? AND epoch = ?"
                        + " AND (commit_lsn, ordinal) < (CAST(? AS pg_lsn), CAST(? AS bigint))");
        assertThat(table.moving(true)).contains("?1").contains("?8").doesNotContain("::");
        assertThat(table.reading(false)).doesNotContain("?1").endsWith(" WHERE slot = ? AND name = ?");
    }

    private static void explain(StoredOffset found) {
        OffsetMove.explain("mailer", found, OWNER, Lsn.of(100), 3);
    }

    @Test
    void a_row_that_is_gone_is_a_gap_and_never_a_duplicate() {
        assertThatThrownBy(() -> explain(null)).isInstanceOf(GapException.class).hasMessageContaining("mailer");
    }

    @Test
    void a_row_of_another_epoch_or_server_is_fenced() {
        assertThatThrownBy(() -> explain(new StoredOffset("7001", 6, Lsn.of(999), 0)))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> explain(new StoredOffset("7002", 5, Lsn.of(999), 0)))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void a_position_at_or_behind_the_change_is_a_duplicate() {
        assertThatCode(() -> explain(new StoredOffset("7001", 5, Lsn.of(100), 3)))
                .doesNotThrowAnyException();
        assertThatCode(() -> explain(new StoredOffset("7001", 5, Lsn.of(100), 4)))
                .doesNotThrowAnyException();
        assertThatCode(() -> explain(new StoredOffset("7001", 5, Lsn.of(-1), -1)))
                .as("unsigned")
                .doesNotThrowAnyException();
    }

    @Test
    void a_row_that_should_have_moved_is_no_duplicate() {
        assertThatThrownBy(() -> explain(new StoredOffset("7001", 5, Lsn.of(100), 2)))
                .isExactlyInstanceOf(RealtimeException.class);
    }
}
