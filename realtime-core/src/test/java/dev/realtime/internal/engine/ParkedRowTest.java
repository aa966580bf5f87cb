package dev.realtime.internal.engine;

import static dev.realtime.internal.pgoutput.MessageBytes.insert;
import static dev.realtime.internal.pgoutput.MessageBytes.relation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.error.RealtimeException;
import dev.realtime.internal.pgoutput.PgOutputEncoder;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ParkedRowTest {

    private final RowChange change =
            new RowChange(new Transaction(16, 0, 3, false), 2, relation(7, "note", 'd', "text"), insert(7, "hello"));

    @Test
    void a_row_that_is_put_aside_comes_back_with_its_table() {
        ParkedRow row = ParkedRow.decode(ParkedRow.encode(change, false), 16);

        assertThat(row.relation()).isEqualTo(change.relation());
        assertThat(PgOutputEncoder.encode(row.message())).isEqualTo(PgOutputEncoder.encode(change.message()));
    }

    @Test
    void bytes_of_another_version_or_cut_off_are_refused() {
        byte[] payload = ParkedRow.encode(change, false);
        byte[] other = payload.clone();
        other[0] = 3;

        assertThatThrownBy(() -> ParkedRow.decode(other, 16)).isInstanceOf(RealtimeException.class);
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> ParkedRow.decode(cut, 16)).isInstanceOf(RealtimeException.class);
        }
    }
}
