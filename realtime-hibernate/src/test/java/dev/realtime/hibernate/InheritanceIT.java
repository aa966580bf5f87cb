package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.ConfigurationException;
import dev.realtime.error.MappingException;
import dev.realtime.error.SetupException;
import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.Update;
import dev.realtime.hibernate.model.Hierarchies;
import dev.realtime.hibernate.model.Inherited;
import dev.realtime.hibernate.model.Refused;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hierarchies in one table and in a table per class: registered by their roots, by abstract classes and by leaves. */
class InheritanceIT {

    private static PersistenceUnit unit;

    @BeforeAll
    static void start() throws SQLException {
        unit = new PersistenceUnit(
                Hierarchies.Animal.class,
                Hierarchies.Cat.class,
                Hierarchies.Dog.class,
                Hierarchies.Puppy.class,
                Inherited.Medium.class,
                Inherited.Book.class,
                Inherited.Film.class,
                Inherited.Cartoon.class,
                Refused.ByFormula.class,
                Refused.ByFormulaChild.class);
    }

    @AfterAll
    static void stop() throws SQLException {
        unit.close();
    }

    private static void remove(Class<?> type, Object id) {
        unit.inTransaction(session -> session.remove(session.find(type, id)));
    }

    @Test
    void singleTable_aRootIsToldAsTheClassThatTheDiscriminatorNames() throws Exception {
        try (Heard heard = new Heard(unit, Hierarchies.Animal.class)) {
            unit.inTransaction(session -> {
                session.persist(new Hierarchies.Cat(1, "Tom"));
                session.persist(new Hierarchies.Puppy(2, "Bo"));
            });
            assertThat(Heard.words(heard.all())).containsExactly("INSERT Cat 1", "INSERT Puppy 2");

            remove(Hierarchies.Animal.class, 1L);
            remove(Hierarchies.Animal.class, 2L);
            assertThat(Heard.words(heard.all())).containsExactly("DELETE Animal 1", "DELETE Animal 2");
        }
    }

    @Test
    void singleTable_aSubclassAloneIsToldOfItsOwnRowsWhereTheyTellWhoseTheyAre() throws Exception {
        try (Heard heard =
                new Heard(unit, builder -> builder.fullImages(Hierarchies.Dog.class), Hierarchies.Dog.class)) {
            unit.inTransaction(session -> {
                session.persist(new Hierarchies.Cat(11, "Tom"));
                session.persist(new Hierarchies.Dog(12, "Rex"));
                session.persist(new Hierarchies.Puppy(13, "Bo"));
            });
            unit.inTransaction(session -> {
                session.find(Hierarchies.Animal.class, 11L).befriend(null);
                session.find(Hierarchies.Animal.class, 12L).befriend(session.find(Hierarchies.Animal.class, 13L));
            });
            for (long id = 11; id <= 13; id++) {
                remove(Hierarchies.Animal.class, id == 12 ? 13L : id == 13 ? 12L : id);
                if (id == 11) {
                    unit.inTransaction(session ->
                            session.find(Hierarchies.Animal.class, 12L).befriend(null));
                }
            }

            assertThat(Heard.words(heard.all()))
                    .containsExactly(
                            "INSERT Dog 12",
                            "INSERT Puppy 13",
                            "UPDATE Dog 12",
                            "UPDATE Dog 12",
                            "DELETE Puppy 13",
                            "DELETE Dog 12");
        }
        unit.database().execute("ALTER TABLE animal REPLICA IDENTITY DEFAULT");
    }

    @Test
    void singleTable_aSubclassAloneIsRefusedWhereADeleteWouldNotTellWhoseItWas() {
        assertThatExceptionOfType(SetupException.class)
                .isThrownBy(() -> new Heard(unit, Hierarchies.Cat.class))
                .withMessageContaining("Cat")
                .withMessageContaining("dtype")
                .withMessageContaining("fullImages")
                .satisfies(refused ->
                        assertThat(refused.remedy()).anyMatch(sql -> sql.endsWith("REPLICA IDENTITY FULL;")));
    }

    @Test
    void singleTable_aDiscriminatorThatNamesNoClassIsAnErrorOfItsRow() throws Exception {
        try (Heard heard = new Heard(unit, Hierarchies.Animal.class)) {
            unit.database().execute("ALTER TABLE animal DROP CONSTRAINT IF EXISTS animal_dtype_check");
            unit.database().execute("INSERT INTO animal (id, dtype) VALUES (99, 'Zebra')");

            assertThat(heard.awaitFailure())
                    .isInstanceOf(MappingException.class)
                    .hasMessageContaining("Animal")
                    .hasMessageContaining("dtype")
                    .hasMessageNotContaining("Zebra");
        }
        unit.database().execute("DELETE FROM animal WHERE id = 99");
    }

    @Test
    void singleTableWithAFormulaAsDiscriminator_theClassIsLookedUpOrTheRootIsRefused() throws Exception {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> new Heard(unit, Refused.ByFormula.class))
                .withMessageContaining("ByFormula")
                .withMessageContaining("formula")
                .withMessageContaining("lookUpClasses");
        try (Heard heard =
                new Heard(unit, builder -> builder.lookUpClasses(Refused.ByFormula.class), Refused.ByFormula.class)) {
            unit.database().execute("INSERT INTO byformula (id, more) VALUES (5, NULL), (15, 'more')");
            assertThat(Heard.words(heard.all())).containsExactly("INSERT ByFormula 5", "INSERT ByFormulaChild 15");

            unit.database().execute("DELETE FROM byformula");
            assertThat(Heard.words(heard.all())).containsExactly("DELETE ByFormula 5", "DELETE ByFormula 15");
        }
    }

    @Test
    void tablePerClass_aRootIsToldAsTheClassWhoseTableItIs() throws Exception {
        try (Heard heard = new Heard(unit, Inherited.Medium.class)) {
            unit.inTransaction(session -> {
                Inherited.Book book = new Inherited.Book(1, "Emil", 120);
                Inherited.Cartoon cartoon = new Inherited.Cartoon(2, "Emil", 90, "Anna");
                cartoon.sequelOf = book;
                session.persist(book);
                session.persist(cartoon);
            });
            var events = heard.all();
            assertThat(Heard.words(events)).containsExactly("INSERT Book 1", "INSERT Cartoon 2");
            assertThat(events.get(0).model()).isEqualTo("Medium");
            Insert<?> inserted = (Insert<?>) events.get(1);
            assertThat(inserted.unavailable()).isEmpty();
            assertThat(inserted.referenceId("sequelOf")).isEqualTo(1);
            assertThat(inserted.after())
                    .isExactlyInstanceOf(Inherited.Cartoon.class)
                    .hasFieldOrPropertyWithValue("title", "Emil")
                    .hasFieldOrPropertyWithValue("minutes", 90)
                    .hasFieldOrPropertyWithValue("artist", "Anna");

            unit.inTransaction(session -> session.find(Inherited.Medium.class, 2).title = "Emilia");
            Update<Inherited.Medium> updated = heard.only();
            assertThat(updated.after().title).isEqualTo("Emilia");

            remove(Inherited.Medium.class, 2);
            Delete<Inherited.Medium> deleted = heard.only();
            assertThat(deleted.entityType()).isEqualTo(Inherited.Cartoon.class);
            assertThat(deleted.unavailable()).containsExactlyInAnyOrder("title", "sequelOf", "minutes", "artist");

            unit.database().execute("TRUNCATE book CASCADE");
            assertThat(Heard.words(heard.all())).containsExactly("TRUNCATE Book");
        }
    }

    @Test
    void tablePerClass_aClassWithSubclassesIsToldWithTheirs() throws Exception {
        try (Heard heard = new Heard(unit, Inherited.Film.class)) {
            unit.inTransaction(session -> {
                session.persist(new Inherited.Book(21, "no film", 1));
                session.persist(new Inherited.Film(22, "a film", 2));
                session.persist(new Inherited.Cartoon(23, "a cartoon", 3, "Anna"));
            });
            assertThat(Heard.words(heard.all())).containsExactly("INSERT Film 22", "INSERT Cartoon 23");
        }
    }

    @Test
    void tablePerClass_aLeafIsToldAlone() throws Exception {
        try (Heard heard = new Heard(unit, Inherited.Cartoon.class)) {
            unit.inTransaction(session -> {
                session.persist(new Inherited.Film(32, "a film", 2));
                session.persist(new Inherited.Cartoon(33, "a cartoon", 3, "Anna"));
            });
            Insert<Inherited.Cartoon> inserted = heard.only();
            assertThat(inserted.after().title).isEqualTo("a cartoon");
        }
    }

    @Test
    void aMappedSuperclass_isNoEntityAndIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new Heard(unit, Inherited.Titled.class))
                .withMessageContaining(Inherited.Titled.class.getName())
                .withMessageContaining("@Entity");
    }
}
