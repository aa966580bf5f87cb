package dev.realtime.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random values of every type and its arrays, in text and in binary, are what pgjdbc reads from the same rows. */
class RandomValuesIT {

    private static final int ROWS = 1_100;

    @Test
    void two_hundred_thousand_values_are_what_pgjdbc_reads() throws Exception {
        compare(200_000);
    }

    /** {@code -Drealtime.values=} says how many. */
    @Test
    @Tag("long")
    void ten_million_values_are_what_pgjdbc_reads() throws Exception {
        compare(Long.getLong("realtime.values", 10_000_000));
    }

    private static void compare(long values) throws Exception {
        double seed = (Decoding.seed() % 1_000_000) / 1_000_000.0;
        System.out.printf("Random values: setseed(%s)%n", seed);
        try (SampledTable table = new SampledTable(seed)) {
            while (table.compared() < values && table.differences().isEmpty()) {
                table.fillRandomly(ROWS);
                table.compare();
            }
            System.out.printf("Random values: %,d, %s%n", table.compared(), table.differences());
            assertThat(table.differences()).as("setseed(%s)", seed).isEmpty();
        }
    }
}
