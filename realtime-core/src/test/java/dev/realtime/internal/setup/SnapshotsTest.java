package dev.realtime.internal.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotsTest {

    private static final long TURN = 1L << 32;

    @ParameterizedTest
    @CsvSource({
        // turn and number of the transaction, turn and number of the snapshot's end
        "0, 750, 0, 751",
        "0, 751, 0, 751",
        "0, 760, 0, 751",
        "0, 3000000000, 0, 3000000001",
        "1, 5, 1, 6",
        "0, 4294967295, 1, 3",
        "1, 3, 0, 4294967295",
        "7, 2147483660, 8, 5",
        "8, 5, 7, 2147483660",
        "123, 4, 123, 2147483651",
    })
    void a_whole_number_is_the_nearest_one_with_the_same_bits(long turn, long xid, long endsTurn, long ends) {
        assertThat(Snapshots.nearest(xid, endsTurn * TURN + ends)).isEqualTo(turn * TURN + xid);
    }
}
