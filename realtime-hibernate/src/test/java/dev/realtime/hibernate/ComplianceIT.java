package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.hibernate.model.Person;
import dev.realtime.mapping.MappedAttribute;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hibernate.LazyInitializationException;
import org.junit.jupiter.api.Test;

/** Where a proxy's getter of the id has to load by the letter of JPA: ours has no session, and tells the id. */
class ComplianceIT {

    @Test
    void aReferenceTellsItsIdAndLoadsNothingUnderStrictCompliance() throws SQLException {
        Map<String, Object> settings = Map.of("hibernate.jpa.compliance.proxy", "true");
        try (PersistenceUnit unit = new PersistenceUnit(settings, List.of(), Person.class)) {
            Person boss = new Person("Ada");
            unit.inTransaction(session -> {
                session.persist(boss);
                Person worker = new Person("Bob");
                worker.fill(1, boss);
                session.persist(worker);
            });
            RowMapper<Person> mapper = unit.mapper(Person.class);
            Row row = unit.row(Person.class, "where boss_id is not null");
            MappedAttribute attribute = mapper.attributes().stream()
                    .filter(each -> each.name().equals("boss"))
                    .findFirst()
                    .orElseThrow();

            Person reference = mapper.entity(row).getBoss();

            assertThat(reference.getId()).isEqualTo(boss.getId());
            assertThatExceptionOfType(LazyInitializationException.class).isThrownBy(reference::getName);
            assertThat(unit.factory().getPersistenceUnitUtil().getIdentifier(reference))
                    .isEqualTo(boss.getId());
            assertThat(mapper.referenceId(attribute, row)).isEqualTo(boss.getId());
        }
    }
}
