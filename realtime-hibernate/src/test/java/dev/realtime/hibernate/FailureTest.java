package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.error.DecodingException;
import dev.realtime.error.MappingException;
import org.junit.jupiter.api.Test;

/** An error never holds a row's value, and still tells where it comes from. */
class FailureTest {

    @Test
    void ofAnErrorOfOtherCodeOnlyClassAndStackAreKept() {
        NumberFormatException deeper = new NumberFormatException("For input string: \"SECRET\"");
        IllegalArgumentException cause = new IllegalArgumentException("SECRET is no mood", deeper);

        MappingException failure = Failure.of("Person.mood: column cannot become Mood", cause);

        assertThat(failure).hasMessage("Person.mood: column cannot become Mood: java.lang.IllegalArgumentException");
        assertThat(failure).hasStackTraceContaining("NumberFormatException");
        assertThat(failure.getCause().getStackTrace()).isEqualTo(cause.getStackTrace());
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain("SECRET");
        }
    }

    @Test
    void ourOwnErrorsKeepTheirWords() {
        DecodingException cause = new DecodingException("numeric: NaN has no BigDecimal");

        MappingException failure = Failure.of("Person.balance: column cannot become BigDecimal", cause);

        assertThat(failure)
                .hasMessageEndingWith(": numeric: NaN has no BigDecimal")
                .hasCause(cause);
    }
}
