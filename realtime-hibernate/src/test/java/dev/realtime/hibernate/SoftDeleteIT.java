package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.ConfigurationException;
import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.hibernate.model.Deleted;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.SoftDeleteType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are marked as deleted are told as what an application sees: deletes. */
class SoftDeleteIT {

    private static PersistenceUnit unit;

    @BeforeAll
    static void start() throws SQLException {
        unit = new PersistenceUnit(
                Deleted.ByFlag.class,
                Deleted.ByActive.class,
                Deleted.ByLetter.class,
                Deleted.ByAttribute.class,
                Deleted.Rooted.class,
                Deleted.Leafed.class);
    }

    @AfterAll
    static void stop() throws SQLException {
        unit.close();
    }

    private static void remove(Class<?> type, Object id) {
        unit.inTransaction(session -> session.remove(session.find(type, id)));
    }

    @Test
    void softDeleteByAFlag_removingIsADeleteAndRestoringAnUpdate() throws Exception {
        try (Heard heard = new Heard(unit, Deleted.ByFlag.class)) {
            unit.inTransaction(session -> session.persist(new Deleted.ByFlag(1, "Ada")));
            Insert<Deleted.ByFlag> inserted = heard.only();
            assertThat(inserted.unavailable()).isEmpty();

            remove(Deleted.ByFlag.class, 1);
            Delete<Deleted.ByFlag> deleted = heard.only();
            assertThat(deleted.soft()).isTrue();
            assertThat(deleted.id()).isEqualTo(1);
            assertThat(deleted.before()).isEmpty();

            unit.database().execute("UPDATE byflag SET deleted = false WHERE id = 1");
            assertThat(Heard.words(heard.all())).containsExactly("UPDATE ByFlag 1");

            unit.database().execute("INSERT INTO byflag (id, name, deleted) VALUES (2, 'hidden', true)");
            unit.database().execute("DELETE FROM byflag WHERE id = 1");
            Delete<Deleted.ByFlag> gone = heard.only();
            assertThat(gone.soft()).isFalse();
        }
    }

    @Test
    void softDeleteUnderFullIdentity_restoringIsAnInsertAndWhatIsHiddenStaysSo() throws Exception {
        try (Heard heard = new Heard(unit, builder -> builder.fullImages(Deleted.ByFlag.class), Deleted.ByFlag.class)) {
            unit.inTransaction(session -> session.persist(new Deleted.ByFlag(11, "Bob")));
            remove(Deleted.ByFlag.class, 11);
            unit.database().execute("UPDATE byflag SET name = 'unseen' WHERE id = 11");
            unit.database().execute("UPDATE byflag SET deleted = false WHERE id = 11");
            unit.database().execute("UPDATE byflag SET deleted = true WHERE id = 11");
            unit.database().execute("DELETE FROM byflag WHERE id = 11");

            var events = heard.all();
            assertThat(Heard.words(events))
                    .containsExactly("INSERT ByFlag 11", "DELETE ByFlag 11", "INSERT ByFlag 11", "DELETE ByFlag 11");
            assertThat(((Insert<?>) events.get(2)).after()).hasFieldOrPropertyWithValue("name", "unseen");
            assertThat(((Delete<?>) events.get(3)).before().orElseThrow())
                    .hasFieldOrPropertyWithValue("name", "unseen");
            assertThat(events.subList(1, 4))
                    .extracting(event -> event instanceof Delete<?> delete && delete.soft())
                    .containsExactly(true, false, true);
        }
        unit.database().execute("ALTER TABLE byflag REPLICA IDENTITY DEFAULT");
    }

    @ParameterizedTest
    @CsvSource({"dev.realtime.hibernate.model.Deleted$ByActive", "dev.realtime.hibernate.model.Deleted$ByLetter"})
    void softDeleteByAConverter_eachStrategyIsReadAsHibernateReadsIt(Class<?> type) throws Exception {
        try (Heard heard = new Heard(unit, type)) {
            Object entity = type == Deleted.ByActive.class ? new Deleted.ByActive(21) : new Deleted.ByLetter(21);
            unit.inTransaction(session -> session.persist(entity));
            remove(type, 21);

            var events = heard.all();
            assertThat(Heard.words(events))
                    .containsExactly(
                            "INSERT " + type.getSimpleName() + " 21", "DELETE " + type.getSimpleName() + " 21");
            assertThat(((Delete<?>) events.get(1)).soft()).isTrue();
        }
    }

    @Test
    void softDeleteByATime_isReadWhereHibernateHasIt() throws Exception {
        var byTime = Arrays.stream(SoftDeleteType.values())
                .filter(strategy -> strategy.name().equals("TIMESTAMP"))
                .findFirst();
        if (byTime.isEmpty()) {
            return; // before 7.0
        }
        Class<?> type = entityWith(byTime.get());
        try (PersistenceUnit timed = new PersistenceUnit(type.getClassLoader(), Map.of(), List.of(), type);
                Heard heard = new Heard(timed, type)) {
            timed.database().execute("INSERT INTO bytime (id) VALUES (1)");
            timed.inTransaction(session -> session.remove(session.find(type, 1)));

            var events = heard.all();
            assertThat(Heard.words(events)).containsExactly("INSERT ByTime 1", "DELETE ByTime 1");
            assertThat(((Delete<?>) events.get(1)).soft()).isTrue();
        }
    }

    /** Written at run time, for the oldest Hibernate, against which tests are compiled, does not have the strategy. */
    private static Class<?> entityWith(SoftDeleteType strategy) {
        return new ByteBuddy()
                .subclass(Object.class)
                .name("dev.realtime.hibernate.model.ByTime")
                .annotateType(
                        AnnotationDescription.Builder.ofType(Entity.class).build(),
                        AnnotationDescription.Builder.ofType(SoftDelete.class)
                                .define("strategy", strategy)
                                .build())
                .defineField("id", int.class, Visibility.PUBLIC)
                .annotateField(AnnotationDescription.Builder.ofType(Id.class).build())
                .make()
                .load(SoftDeleteIT.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded();
    }

    @Test
    void softDeleteOfAHierarchy_isThatOfItsClasses() throws Exception {
        try (Heard heard = new Heard(unit, Deleted.Rooted.class)) {
            unit.inTransaction(session -> session.persist(new Deleted.Leafed(31)));
            remove(Deleted.Leafed.class, 31);

            assertThat(Heard.words(heard.all())).containsExactly("INSERT Leafed 31", "DELETE Leafed 31");
        }
    }

    @Test
    void theSqlDeleteIdiom_anAttributeThatIsNamedIsTheMark() throws Exception {
        try (Heard heard = new Heard(
                unit,
                builder -> builder.softDelete(Deleted.ByAttribute.class, "deletedAt"),
                Deleted.ByAttribute.class)) {
            unit.inTransaction(session -> session.persist(new Deleted.ByAttribute(41)));
            remove(Deleted.ByAttribute.class, 41);

            var events = heard.all();
            assertThat(Heard.words(events)).containsExactly("INSERT ByAttribute 41", "DELETE ByAttribute 41");
            assertThat(((Delete<?>) events.get(1)).soft()).isTrue();
        }
    }

    @Test
    void theSqlDeleteIdiom_anAttributeThatIsNoneIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new Heard(
                        unit,
                        builder -> builder.softDelete(Deleted.ByAttribute.class, "removed"),
                        Deleted.ByAttribute.class))
                .withMessageContaining("ByAttribute")
                .withMessageContaining("removed")
                .withMessageContaining("deletedAt");
    }
}
