package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.hibernate.model.Person;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.MappedAttribute;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.TableName;
import java.sql.SQLException;
import java.util.Map;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimpleEntityIT {

    private static PersistenceUnit unit;
    private static Person boss;
    private static Person worker;

    @BeforeAll
    static void start() throws SQLException {
        unit = new PersistenceUnit(Person.class);
        boss = new Person("Ada");
        worker = new Person("Bob");
        unit.inTransaction(session -> {
            session.persist(boss);
            worker.fill(44, boss);
            session.persist(worker);
        });
    }

    @AfterAll
    static void stop() throws SQLException {
        unit.close();
    }

    @Test
    void theMappingNamesTableColumnsAndId() {
        EntityMapping<Person> mapping = unit.mapping(Person.class);

        assertThat(mapping.entityName()).isEqualTo("Person");
        assertThat(unit.mappedTable(Person.class).name()).isEqualTo(new TableName(null, "person"));
        assertThat(unit.mappedTable(Person.class).idColumns()).containsExactly("id");
        assertThat(unit.mappedTable(Person.class).columns())
                .containsExactlyInAnyOrder(
                        "id", "version", "full_name", "age", "active", "born", "seen", "balance", "mood", "boss_id");
        assertThat(mapping.unavailable()).isEqualTo(Map.of());
    }

    @Test
    void anEntityEqualsWhatFindReturns() throws Exception {
        SameEntity.verifyAll(unit, Person.class);
    }

    @Test
    void aReferenceKnowsItsIdAndNothingElse() throws SQLException {
        RowMapper<Person> mapper = unit.mapper(Person.class);
        Row row = unit.row(Person.class, "where boss_id is not null");

        Person reference = mapper.entity(row).getBoss();

        assertThat(Hibernate.isInitialized(reference)).isFalse();
        assertThat(reference.getId()).isEqualTo(boss.getId());
        assertThat(mapper.referenceId(attribute(mapper, "boss"), row)).isEqualTo(boss.getId());
    }

    @Test
    void whatTheRowDoesNotTellIsLeftAsTheConstructorLeftIt() throws SQLException {
        RowMapper<Person> mapper = unit.mapper(Person.class);
        Feeder.TextRow row = unit.row(Person.class, "where boss_id is not null").without("full_name");

        Person ours = mapper.entity(row);

        assertThat(ours.getName()).isNull();
        assertThat(ours.getId()).isEqualTo(worker.getId());
        assertThat(attribute(mapper, "name").columns()).hasSize(1);
    }

    @Test
    void buildingAnEntitySendsNoStatement() throws SQLException {
        RowMapper<Person> mapper = unit.mapper(Person.class);
        Row row = unit.row(Person.class, "where boss_id is not null");
        unit.statements().forget();

        mapper.entity(row);
        mapper.id(row);

        assertThat(unit.statements().heard()).isEmpty();
    }

    private static MappedAttribute attribute(RowMapper<?> mapper, String name) {
        return mapper.attributes().stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
