package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.hibernate.model.Names;
import dev.realtime.hibernate.model.Person;
import dev.realtime.mapping.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names as PostgreSQL's catalogue holds them, whatever Hibernate made of them. */
class NamesIT {

    private static final List<String> SCHEMAS = List.of("create schema \"Odd Schema\"", "create schema other");

    private static PersistenceUnit start(Map<String, Object> settings) throws SQLException {
        PersistenceUnit unit =
                new PersistenceUnit(settings, SCHEMAS, Names.Odd.class, Names.Elsewhere.class, Person.class);
        unit.inTransaction(session -> {
            Names.Odd parent = new Names.Odd(1, null);
            session.persist(parent);
            session.persist(new Names.Odd(2, parent));
            session.persist(new Names.Elsewhere(1));
            session.persist(new Person("Ada"));
        });
        return unit;
    }

    @Test
    void quotedAndLongNamesAreThoseOfTheCatalogue() throws Exception {
        try (PersistenceUnit unit = start(Map.of())) {
            assertThat(unit.mappedTable(Names.Odd.class).name()).isEqualTo(new TableName("Odd Schema", "Odd Table"));
            assertThat(unit.mappedTable(Names.Odd.class).columns())
                    .containsExactlyInAnyOrder("Id.With Dot", "mixedcase", "größe", "Parent Id");
            assertThat(unit.mappedTable(Names.Elsewhere.class).columns())
                    .contains("a_column_whose_name_is_longer_than_the_sixty_three_bytes_that_p");
            SameEntity.verifyAll(unit, Names.Odd.class);
            SameEntity.verifyAll(unit, Names.Elsewhere.class);
        }
    }

    @Test
    void globallyQuotedIdentifiersKeepTheirCase() throws Exception {
        try (PersistenceUnit unit = start(Map.of("hibernate.globally_quoted_identifiers", "true"))) {
            assertThat(unit.mappedTable(Person.class).name()).isEqualTo(new TableName(null, "Person"));
            SameEntity.verifyAll(unit, Person.class);
            SameEntity.verifyAll(unit, Names.Odd.class);
        }
    }

    @Test
    void theDefaultSchemaIsNamed() throws Exception {
        try (PersistenceUnit unit = start(Map.of("hibernate.default_schema", "Other"))) {
            assertThat(unit.mappedTable(Person.class).name()).isEqualTo(new TableName("other", "person"));
            SameEntity.verifyAll(unit, Person.class);
        }
    }
}
