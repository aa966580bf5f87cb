package dev.realtime.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {

    @ParameterizedTest
    @CsvSource({
        "0/0, 0",
        "16/B374D848, 16B374D848",
        "1/90000000, 190000000",
        "FFFFFFFF/FFFFFFFF, FFFFFFFFFFFFFFFF",
        "80000000/0, 8000000000000000"
    })
    void reads_and_prints_what_postgresql_prints(String text, String hex) {
        Lsn lsn = Lsn.parse(text);

        assertThat(lsn.value()).isEqualTo(Long.parseUnsignedLong(hex, 16));
        assertThat(lsn).hasToString(text);
        assertThat(Lsn.parse(text.toLowerCase(Locale.ROOT))).isEqualTo(lsn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "0",
                "0/",
                "/0",
                "0/0/0",
                "G/0",
                "0/-1",
                "123456789/0",
                "0/123456789",
                " 0/0",
                "٣/0",
                "z/0"
            })
    void refuses_what_is_no_lsn(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Lsn.parse(text)).withMessageContaining("16/B374D848");
    }

    @Test
    void orders_positions_as_unsigned_numbers() {
        Lsn high = Lsn.parse("80000000/0");
        Lsn low = Lsn.parse("7FFFFFFF/FFFFFFFF");

        assertThat(high.isAfter(low)).isTrue();
        assertThat(low.isBefore(high)).isTrue();
        assertThat(high.bytesSince(low)).isEqualTo(1);
    }

    @Test
    void is_what_it_prints_for_any_position() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Lsn lsn = Lsn.of(random.nextLong());
            assertThat(Lsn.parse(lsn.toString())).as("seed %d", seed).isEqualTo(lsn);
        }
    }
}
