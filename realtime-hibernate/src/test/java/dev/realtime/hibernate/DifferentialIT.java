package dev.realtime.hibernate;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each entity of the model equals, field by field, what {@code session.find()} returns. */
class DifferentialIT {

    static final List<Class<?>> ENTITIES = Model.ROOTS;

    private static PersistenceUnit unit;

    @BeforeAll
    static void start() throws SQLException {
        unit = Model.start(Map.of(
                "hibernate.physical_naming_strategy",
                "org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy"));
    }

    @AfterAll
    static void stop() throws SQLException {
        if (unit != null) {
            unit.close();
        }
    }

    @ParameterizedTest
    @FieldSource("ENTITIES")
    <T> void anEntityEqualsWhatFindReturns(Class<T> entity) throws Exception {
        SameEntity.verifyAll(unit, entity);
    }
}
