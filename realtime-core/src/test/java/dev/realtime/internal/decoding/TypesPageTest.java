package dev.realtime.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.internal.decoding.Samples.Sample;
import dev.realtime.type.PgType;
import dev.realtime.type.PgType.Kind;
import dev.realtime.type.TypeCatalog;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/types.md has a row for each type that is tested, and each type that is known is tested. */
class TypesPageTest {

    /** The inner side of an index: a table could have such a column, but no value of it. */
    private static final Set<String> WITHOUT_VALUES = Set.of("gtsvector");

    @Test
    void each_row_of_the_page_has_its_test_and_each_test_its_row() {
        assertThat(TypesPage.entries())
                .extracting(TypesPage.Entry::type)
                .containsExactlyElementsOf(
                        Samples.all().stream().map(Sample::name).toList());
    }

    @Test
    void the_page_says_what_the_tests_expect_of_binary_form() {
        for (Sample sample : Samples.all()) {
            assertThat(TypesPage.entry(sample.name()).binary())
                    .as(sample.name())
                    .isEqualTo(
                            switch (sample.binary()) {
                                case YES -> "yes";
                                case NO_SEND_FUNCTION -> "as text";
                                case REFUSED -> "refused";
                            });
        }
    }

    @Test
    void each_type_that_is_known_without_asking_has_its_test() {
        List<String> known = TypeCatalog.builtIn().types().stream()
                .filter(type -> type.kind() != Kind.ARRAY)
                .map(PgType::name)
                .filter(name -> !WITHOUT_VALUES.contains(name))
                .toList();
        assertThat(Samples.all().stream().map(Sample::name).collect(Collectors.toSet()))
                .containsAll(known);
    }
}
