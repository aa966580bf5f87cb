package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.hibernate.model.Customs;
import dev.realtime.hibernate.model.Differing;
import dev.realtime.hibernate.model.Marked;
import dev.realtime.hibernate.model.Version3;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where a row of the log says something else than a query of Hibernate would: see {@code docs/mapping.md}. */
class DifferencesIT {

    private static PersistenceUnit unit;

    @BeforeAll
    static void start() throws SQLException {
        unit = new PersistenceUnit(Differing.Restricted.class, Differing.Pointing.class, Differing.Local.class);
        unit.inTransaction(session -> {
            Differing.Restricted hidden = new Differing.Restricted();
            hidden.id = 1;
            hidden.hidden = true;
            Differing.Pointing eager = new Differing.Pointing();
            eager.id = 1;
            Differing.Pointing pointing = new Differing.Pointing();
            pointing.id = 2;
            pointing.eager = eager;
            pointing.target = hidden;
            pointing.words = Set.of("a", "b");
            List.of(hidden, eager, pointing).forEach(session::persist);
        });
    }

    @AfterAll
    static void stop() throws SQLException {
        unit.close();
    }

    private static Differing.Pointing ours() throws SQLException {
        return unit.mapper(Differing.Pointing.class).entity(unit.row(Differing.Pointing.class, "where id = 2"));
    }

    @Test
    void aRestrictionOfQueriesKeepsNoEventBack() throws SQLException {
        assertThat(unit.<Object>fromTransaction(session -> session.find(Differing.Restricted.class, 1)))
                .isNull();
        assertThat(unit.mapper(Differing.Restricted.class).entity(unit.row(Differing.Restricted.class, "")).hidden)
                .isTrue();
    }

    @Test
    void aReferenceToWhatAQueryDoesNotFindIsStillAReference() throws SQLException {
        Differing.Pointing found = unit.fromTransaction(session -> session.find(Differing.Pointing.class, 2));

        assertThat(found.target).isNull();
        assertThat(unit.factory().getPersistenceUnitUtil().getIdentifier(ours().target))
                .isEqualTo(1);
    }

    @Test
    void whatIsFetchedEagerlyIsAReferenceOrAnUninitialisedCollection() throws SQLException {
        assertThat(Hibernate.isInitialized(ours().eager)).isFalse();
        assertThat(Hibernate.isInitialized(ours().words)).isFalse();
    }

    /** Not a difference: a local time that the JVM's zone does not have is moved by an hour, as Hibernate moves it. */
    @Test
    void aLocalTimeInTheGapOfTheJvmsZoneIsReadAsHibernateReadsIt() throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Zurich"));
        try {
            unit.database().execute("insert into local (id, moment) values (1, '2024-03-31 02:30:00')");
            Differing.Local local = unit.mapper(Differing.Local.class).entity(unit.row(Differing.Local.class, ""));

            assertThat(local.moment).isEqualTo(LocalDateTime.parse("2024-03-31T03:30:00"));
            SameEntity.verifyAll(unit, Differing.Local.class);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    /** The application opens each session with a tenant; nobody tells ours, and an old user type asks for one. */
    @Test
    void aFactoryOfManyTenantsNeedsNoneForItsMappings() throws Exception {
        try (PersistenceUnit tenants =
                new PersistenceUnit(Map.of(), List.of(), Marked.Tenanted.class, Customs.Customised.class)) {
            tenants.database()
                    .execute(
                            "insert into tenanted (id, tenant, name) values (1, 'other', 'x')",
                            "insert into customised (id, version3) values (1, '1.2.3')");

            Object ours = tenants.mapper(Marked.Tenanted.class).entity(tenants.row(Marked.Tenanted.class, ""));
            Object custom = tenants.mapper(Customs.Customised.class).entity(tenants.row(Customs.Customised.class, ""));

            assertThat(ours).hasFieldOrPropertyWithValue("tenant", "other");
            assertThat(custom).hasFieldOrPropertyWithValue("version3", new Version3(1, 2, 3));
        }
    }
}
