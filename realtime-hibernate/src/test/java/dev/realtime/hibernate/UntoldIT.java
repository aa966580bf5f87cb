package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.Realtime;
import dev.realtime.error.ConfigurationException;
import dev.realtime.error.MappingException;
import dev.realtime.hibernate.model.Closed;
import dev.realtime.hibernate.model.Embeddables;
import dev.realtime.hibernate.model.Hierarchies;
import dev.realtime.hibernate.model.Ids;
import dev.realtime.hibernate.model.Person;
import dev.realtime.hibernate.model.Teams;
import dev.realtime.hibernate.model.Untold;
import dev.realtime.hibernate.model.Watched;
import dev.realtime.mapping.MappedAttribute;
import dev.realtime.mapping.RowMapper;
import dev.realtime.mapping.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a row, or any row, does not tell; and what it tells wrongly. */
class UntoldIT {

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

    @Test
    void whatNoRowOfTheTableTellsIsNamedWithItsReason() throws SQLException {
        Map<String, String> unavailable = unit.mapping(Untold.Secretive.class).unavailable();

        assertThat(unavailable).hasSize(6);
        assertThat(unavailable.get("formula")).contains("formula");
        assertThat(unavailable.get("longText")).contains("large object");
        assertThat(unavailable.get("transformed")).contains("@ColumnTransformer");
        assertThat(unavailable.get("partner")).contains("inverse side");
        assertThat(unavailable.get("helper")).contains("secretive_helper");
        assertThat(unavailable.get("colleague")).contains("not the id");
        assertThat(unit.mapper(Untold.Secretive.class).attributes())
                .filteredOn(attribute -> attribute.columns().isEmpty())
                .extracting(MappedAttribute::name)
                .containsExactlyInAnyOrderElementsOf(unavailable.keySet());
        assertThat(unit.mapping(Untold.Secretive.class).attributes())
                .containsExactlyElementsOf(unit.mapper(Untold.Secretive.class).attributes().stream()
                        .map(MappedAttribute::name)
                        .toList());
    }

    @Test
    void updatesOfWhatNoRowTellsOrOfNothingThereIsAreRefusedAtStart() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> startWithUpdatesOf("formula"))
                .withMessageContaining("\"formula\"")
                .withMessageContaining("a formula");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> startWithUpdatesOf("typo"))
                .withMessageContaining("\"typo\"")
                .withMessageContaining("Secretive")
                .withMessageContaining("transformed");
    }

    private static void startWithUpdatesOf(String attribute) {
        Realtime.register(Untold.Secretive.class)
                .from(unit.factory())
                .subscribe(
                        Untold.Secretive.class,
                        subscription -> subscription.updatesOf(attribute).each(event -> {}))
                .start()
                .close();
    }

    @Test
    void toManyAttributesAreNeitherMappedNorUnavailable() throws SQLException {
        assertThat(unit.mapping(Teams.Team.class).unavailable()).isEmpty();
        assertThat(unit.mapper(Teams.Team.class).attributes())
                .extracting(MappedAttribute::name)
                .doesNotContain("players", "balls", "rivals", "colours", "scores", "songs");
    }

    @Test
    void aKeyTellsTheIdAndTheRegisteredClass() throws SQLException {
        RowMapper<Hierarchies.Vehicle> mapper = unit.mapper(Hierarchies.Vehicle.class);
        var key = unit.row(Hierarchies.Vehicle.class, "where kind = 2")
                .onlyWith(Set.copyOf(unit.mappedTable(Hierarchies.Vehicle.class).idColumns()));

        assertThat(mapper.id(key)).isEqualTo(2);
        assertThat(mapper.entityType(key)).isEqualTo(Hierarchies.Vehicle.class);
        assertThat(mapper.entity(key)).isExactlyInstanceOf(Hierarchies.Vehicle.class);
    }

    @Test
    void aKeyOfAnAbstractClassMakesNoInstance() throws SQLException {
        RowMapper<Hierarchies.Animal> mapper = unit.mapper(Hierarchies.Animal.class);
        var key = unit.row(Hierarchies.Animal.class, "where id = 1")
                .onlyWith(Set.copyOf(unit.mappedTable(Hierarchies.Animal.class).idColumns()));

        assertThat(mapper.entityType(key)).isEqualTo(Hierarchies.Animal.class);
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> mapper.entity(key))
                .withMessageContaining("Animal");
    }

    @Test
    void anIdThatIsNotKnownIsAnErrorNamingItsColumns() throws SQLException {
        RowMapper<Ids.Price> mapper = unit.mapper(Ids.Price.class);
        var row = unit.row(Ids.Price.class, "").without("year");

        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> mapper.id(row))
                .withMessageContaining("Price")
                .withMessageContaining("\"price\".\"year\" (int4)");
        assertThat(mapper.entity(row)).hasFieldOrPropertyWithValue("product", "tea");
    }

    @Test
    void anAttributeOfSeveralColumnsIsKnownWhereAllOfThemAre() throws SQLException {
        RowMapper<Embeddables.Customer> mapper = unit.mapper(Embeddables.Customer.class);
        var row = unit.row(Embeddables.Customer.class, "where id = 1").without("work_city");

        assertThat(attribute(mapper, "work").columns()).hasSize(3);
        assertThat(mapper.entity(row)).hasFieldOrPropertyWithValue("work", null);
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> mapper.value(attribute(mapper, "work"), row))
                .withMessageContaining("Customer.work");
    }

    @Test
    void anEmbeddableKnowsItsParent() throws SQLException {
        RowMapper<Embeddables.Customer> mapper = unit.mapper(Embeddables.Customer.class);

        Embeddables.Customer customer = mapper.entity(unit.row(Embeddables.Customer.class, "where id = 1"));

        assertThat(customer.getRank().getOwner()).isSameAs(customer);
    }

    @Test
    void aColumnThatIsNotPublishedLeavesItsAttributeUnknown() throws SQLException {
        Table whole = unit.table(Person.class);
        Table part = new Table(
                whole.name(),
                whole.columns().stream()
                        .filter(column -> !column.name().equals("age"))
                        .toList());
        RowMapper<Person> mapper = unit.layout(Person.class).bind(part);

        assertThat(attribute(mapper, "age").columns()).isEmpty();
        assertThat(attribute(mapper, "name").columns()).hasSize(1);
    }

    @Test
    void aTableWithoutTheIdOrTheDiscriminatorIsRefused() throws SQLException {
        Table vehicles = unit.table(Hierarchies.Vehicle.class);
        for (String column : List.of("id", "kind")) {
            Table without = new Table(
                    vehicles.name(),
                    vehicles.columns().stream()
                            .filter(each -> !each.name().equals(column))
                            .toList());

            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> unit.layout(Hierarchies.Vehicle.class).bind(without))
                    .withMessageContaining("Vehicle")
                    .withMessageContaining("\"" + column + "\"");
        }
    }

    @Test
    void aDiscriminatorThatNamesNoClassIsAnErrorWithoutTheValue() throws SQLException {
        RowMapper<Hierarchies.Vehicle> mapper = unit.mapper(Hierarchies.Vehicle.class);
        var row = unit.row(Hierarchies.Vehicle.class, "where id = 1");
        row.texts()[row.table().position("kind")] = "4711";

        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> mapper.entity(row))
                .withMessageContaining("\"kind\"")
                .satisfies(thrown ->
                        assertThat(thrown.toString() + thrown.getCause()).doesNotContain("4711"));
    }

    @Test
    void nullInAPrimitiveAttributeIsAnError() throws SQLException {
        unit.feeder().execute("alter table person alter column age drop not null");
        unit.feeder().execute("insert into person (id, version, full_name) values (-1, 0, 'null age')");
        RowMapper<Person> mapper = unit.mapper(Person.class);
        var row = unit.row(Person.class, "where id = -1");
        unit.feeder().execute("delete from person where id = -1");

        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> mapper.entity(row))
                .withMessageContaining("Person.age")
                .withMessageContaining("primitive");
    }

    @Test
    void aValueThatCannotBecomeItsAttributeIsAnErrorWithoutTheValue() throws SQLException {
        unit.feeder().execute("update person set full_name = full_name");
        RowMapper<Person> mapper = unit.mapper(Person.class);
        var row = unit.row(Person.class, "where mood is not null");
        row.texts()[row.table().position("mood")] = "SECRET";

        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> mapper.entity(row))
                .withMessageContaining("Person.mood")
                .withMessageContaining("\"person\".\"mood\" (varchar)")
                .satisfies(UntoldIT::holdsNoValue);
    }

    private static void holdsNoValue(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain("SECRET");
            assertThat(each.getSuppressed()).isEmpty();
        }
    }

    @Test
    void referenceIdsOfEveryShapeAreReadFromTheForeignKey() throws SQLException {
        var device = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        var line = new Ids.LineId(new Ids.PriceId("tea", 2024), 3);

        assertThat(referenceId(Ids.LineComment.class, "where id = 1", "line")).isEqualTo(line);
        assertThat(referenceId(Ids.LineComment.class, "where id = 2", "line")).isNull();
        assertThat(referenceId(Ids.Ticket.class, "where number = 1", "seat")).isEqualTo(new Ids.SeatId("main", 7));
        assertThat(referenceId(Ids.Line.class, "", "price")).isEqualTo(new Ids.PriceId("tea", 2024));
        assertThat(referenceId(Ids.Loan.class, "", "device")).isEqualTo(device);
        assertThat(referenceId(Hierarchies.Animal.class, "where id = 1", "friend"))
                .isEqualTo(2L);
    }

    @Test
    void anAttributeThatIsNoReferenceHasNoReferenceId() {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> referenceId(Ids.Device.class, "", "name"))
                .withMessageContaining("Device.name");
    }

    @Test
    void aClassThatAllowsNoProxyIsReferredToByAnInstanceWithItsId() throws SQLException {
        RowMapper<Closed.Keeper> mapper = unit.mapper(Closed.Keeper.class);

        Closed.Keeper keeper = mapper.entity(unit.row(Closed.Keeper.class, ""));

        assertThat(keeper.getHidden()).isExactlyInstanceOf(Closed.Hidden.class);
        assertThat(keeper.getHidden().getId()).isEqualTo(1);
        assertThat(keeper.getSealed().getId()).isEqualTo(1);
        assertThat(unit.mapping(Closed.Keeper.class).unavailable())
                .containsOnlyKeys("cascading"); // merge would write the empty attributes of such an instance
    }

    @Test
    void noCallbackRuns() throws SQLException {
        RowMapper<Watched> mapper = unit.mapper(Watched.class);

        assertThat(mapper.entity(unit.row(Watched.class, "where id = 1")).wasLoaded())
                .isFalse();
    }

    @Test
    void toManyAttributesAreLeftUninitialised() throws SQLException {
        Teams.Team team = unit.mapper(Teams.Team.class).entity(unit.row(Teams.Team.class, "where id = 1"));

        assertThat(Hibernate.isInitialized(team.getPlayers())).isFalse();
        assertThat(unit.factory().getPersistenceUnitUtil().isLoaded(team, "players"))
                .isFalse();
    }

    private static Object referenceId(Class<?> entity, String condition, String attribute) throws SQLException {
        RowMapper<?> mapper = unit.mapper(entity);
        return mapper.referenceId(attribute(mapper, attribute), unit.row(entity, condition));
    }

    private static MappedAttribute attribute(RowMapper<?> mapper, String name) {
        List<MappedAttribute> attributes = mapper.attributes();
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
