package dev.realtime.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A test for each type, named after it: NULL, the values at its edges, and arrays of them, in text and in binary, are what
 * pgjdbc reads from the same row.
 */
class EveryTypeIT {

    private static SampledTable table;

    @BeforeAll
    static void streamTheEdges() throws Exception {
        table = new SampledTable(0);
        table.fillEdges();
        table.compare();
    }

    @AfterAll
    static void close() throws Exception {
        table.close();
    }

    @TestFactory
    Stream<DynamicTest> every_type_is_what_pgjdbc_reads() {
        return table.samples().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> {
                    assertThat(table.differences(sample.name())).isEmpty();
                    assertThat(table.classes(sample.name()))
                            .as("classes that docs/types.md says")
                            .isEqualTo(TypesPage.entry(sample.name()).classes());
                }));
    }
}
