package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.Realtime;
import dev.realtime.error.ConfigurationException;
import dev.realtime.error.MappingException;
import dev.realtime.hibernate.model.Person;
import dev.realtime.hibernate.model.Refused;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not mapped is refused at start, with a reason, and never delivered in part. */
class RefusedIT {

    private static PersistenceUnit unit;

    @BeforeAll
    static void start() throws SQLException {
        unit = new PersistenceUnit(
                Refused.JoinedBase.class,
                Refused.JoinedChild.class,
                Refused.ByFormula.class,
                Refused.ByFormulaChild.class,
                Refused.Queried.class);
    }

    @AfterAll
    static void stop() throws SQLException {
        unit.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(Refused.JoinedBase.class, "JoinedBase", "JOINED"),
                Arguments.of(Refused.JoinedChild.class, "JoinedChild", "JOINED"),
                Arguments.of(Refused.ByFormula.class, "ByFormula", "formula"),
                Arguments.of(Refused.Queried.class, "Queried", "@Subselect"),
                Arguments.of(Refused.ByFormulaChild.class, "ByFormulaChild", "formula"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void anEntityOfAKindThatIsNotMappedIsRefusedWithItsReason(Class<?> entity, String where, String why) {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> unit.mappings().of(entity))
                .withMessageStartingWith(where)
                .withMessageContaining(why);
    }

    @Test
    void aFactoryThatWasClosedIsRefusedAsSuch() throws SQLException {
        try (PersistenceUnit closed = new PersistenceUnit(Person.class)) {
            closed.factory().close();

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> closed.mappings().of(Person.class))
                    .withMessageContaining("closed")
                    .withMessageContaining("Person");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Realtime.register(Person.class).from(closed.factory()))
                    .withMessageContaining("EntityManagerFactory is closed");
        }
    }

    @Test
    void aClassThatIsNoEntityHereIsNotFound() {
        assertThat(unit.mappings().of(Person.class)).isEmpty();
        assertThat(unit.mappings().of(String.class)).isEmpty();
    }

    @Test
    void aStreamOfAClassThatIsNoEntityHereIsRefusedBeforeAnythingIsCreated() throws SQLException {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Realtime.register(Person.class)
                        .from(unit.factory())
                        .on(Person.class, event -> {})
                        .start())
                .withMessageContaining(Person.class.getName())
                .withMessageContaining("@Entity");
        assertThat(unit.database().value("SELECT count(*) FROM pg_publication")).isEqualTo("0");
    }
}
