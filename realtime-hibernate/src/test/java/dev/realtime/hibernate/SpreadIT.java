package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.Realtime;
import dev.realtime.error.MappingException;
import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.event.Update;
import dev.realtime.hibernate.model.Hierarchies;
import dev.realtime.hibernate.model.Inherited;
import dev.realtime.hibernate.model.Refused;
import dev.realtime.store.DeadLetter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Entities that are spread over several tables (JOINED, secondary tables): one event for each change of an entity. */
class SpreadIT {

    private static PersistenceUnit unit;

    @BeforeAll
    static void start() throws SQLException {
        unit = new PersistenceUnit(
                Inherited.Party.class,
                Inherited.Human.class,
                Inherited.Company.class,
                Inherited.Device.class,
                Inherited.Phone.class,
                Inherited.Article.class,
                Refused.JoinedBase.class,
                Refused.JoinedChild.class,
                Hierarchies.Vehicle.class,
                Hierarchies.Truck.class);
    }

    @AfterAll
    static void stop() throws SQLException {
        unit.close();
    }

    @AfterEach
    void empty() throws SQLException {
        unit.database()
                .execute("TRUNCATE party, human, company, device, phone, article, article_text, vehicle CASCADE");
        for (String table : List.of("party", "human", "company", "article", "article_text")) {
            unit.database().execute("ALTER TABLE " + table + " REPLICA IDENTITY DEFAULT");
        }
    }

    @Test
    void joinedWithADiscriminator_anInsertIsOneWholeEntity() throws Exception {
        try (Heard heard = new Heard(unit, Inherited.Party.class)) {
            unit.inTransaction(session -> {
                Inherited.Company employer = new Inherited.Company(1, "Acme", "rockets");
                Inherited.Human human = new Inherited.Human(2, "Ada", 36);
                human.employer = employer;
                session.persist(employer);
                session.persist(human);
            });

            List<RealtimeEvent<?>> events = heard.all();
            assertThat(Heard.words(events)).containsExactly("INSERT Company 1", "INSERT Human 2");
            assertThat(events).extracting(event -> event.position().ordinal()).containsExactly(0L, 2L);
            Insert<?> inserted = (Insert<?>) events.get(1);
            assertThat(inserted.model()).isEqualTo("Party");
            assertThat(inserted.unavailable()).isEmpty();
            assertThat(inserted.referenceId("employer")).isEqualTo(1);
            assertThat(inserted.after())
                    .isExactlyInstanceOf(Inherited.Human.class)
                    .hasFieldOrPropertyWithValue("id", 2)
                    .hasFieldOrPropertyWithValue("name", "Ada")
                    .hasFieldOrPropertyWithValue("age", 36);
        }
    }

    @Test
    void joinedWithADiscriminator_anUpdateHasTheAttributesOfTheTablesThatItChanged() throws Exception {
        unit.inTransaction(session -> session.persist(new Inherited.Human(3, "Bob", 20)));
        try (Heard heard = new Heard(unit, Inherited.Party.class)) {
            unit.inTransaction(session -> session.find(Inherited.Human.class, 3).name = "Rob");
            Update<Inherited.Party> ofTheRoot = heard.only();
            assertThat(ofTheRoot.entityType()).isEqualTo(Inherited.Human.class);
            assertThat(ofTheRoot.after().name).isEqualTo("Rob");
            assertThat(ofTheRoot.unavailable()).containsExactlyInAnyOrder("age", "employer");

            unit.inTransaction(session -> session.find(Inherited.Human.class, 3).age = 21);
            Update<Inherited.Party> ofTheLeaf = heard.only();
            assertThat(ofTheLeaf.after()).isInstanceOfSatisfying(Inherited.Human.class, human -> {
                assertThat(human.id).isEqualTo(3);
                assertThat(human.age).isEqualTo(21);
                assertThat(human.name).isNull();
            });
            assertThat(ofTheLeaf.unavailable()).containsExactly("name");

            unit.inTransaction(session -> {
                Inherited.Human human = session.find(Inherited.Human.class, 3);
                human.name = "Bobby";
                human.age = 22;
            });
            Update<Inherited.Party> ofBoth = heard.only();
            assertThat(ofBoth.unavailable()).isEmpty();
            assertThat(ofBoth.after())
                    .hasFieldOrPropertyWithValue("name", "Bobby")
                    .hasFieldOrPropertyWithValue("age", 22);
            assertThat(ofBoth.before()).isEmpty();
            assertThat(ofBoth.changes().isKnown()).isFalse();
        }
    }

    @Test
    void joinedWithADiscriminator_aDeleteIsOneOfTheClassWhoseTablesItTouched() throws Exception {
        unit.inTransaction(session -> session.persist(new Inherited.Human(4, "Cleo", 20)));
        try (Heard heard = new Heard(unit, Inherited.Party.class)) {
            unit.inTransaction(session -> session.remove(session.find(Inherited.Party.class, 4)));

            Delete<Inherited.Party> deleted = heard.only();
            assertThat(deleted.entityType()).isEqualTo(Inherited.Human.class);
            assertThat(deleted.id()).isEqualTo(4);
            assertThat(deleted.before()).isEmpty();
            assertThat(deleted.unavailable()).containsExactlyInAnyOrder("name", "age", "employer");
        }
    }

    @Test
    void joinedUnderFullIdentity_whatWasBeforeIsKnownWhereAllTablesAreSeen() throws Exception {
        try (Heard heard =
                new Heard(unit, builder -> builder.fullImages(Inherited.Party.class), Inherited.Party.class)) {
            unit.inTransaction(session -> session.persist(new Inherited.Human(5, "Dora", 20)));
            heard.all();
            unit.inTransaction(session -> {
                Inherited.Human human = session.find(Inherited.Human.class, 5);
                human.name = "Dorothy";
                human.age = 21;
            });
            Update<Inherited.Party> whole = heard.only();
            assertThat(whole.before().orElseThrow())
                    .isExactlyInstanceOf(Inherited.Human.class)
                    .hasFieldOrPropertyWithValue("name", "Dora")
                    .hasFieldOrPropertyWithValue("age", 20);
            assertThat(whole.changes().asMap()).containsOnlyKeys("name", "age");

            unit.inTransaction(session -> session.find(Inherited.Human.class, 5).age = 22);
            Update<Inherited.Party> part = heard.only();
            assertThat(part.before()).isEmpty();
            assertThat(part.changes().asMap()).containsOnlyKeys("age");

            unit.inTransaction(session -> session.remove(session.find(Inherited.Party.class, 5)));
            Delete<Inherited.Party> deleted = heard.only();
            assertThat(deleted.before().orElseThrow())
                    .hasFieldOrPropertyWithValue("name", "Dorothy")
                    .hasFieldOrPropertyWithValue("age", 22);
        }
    }

    @Test
    void joinedLeaf_isToldAloneWhereDeletesTellWhoseTheyAre() throws Exception {
        try (Heard heard =
                new Heard(unit, builder -> builder.fullImages(Inherited.Company.class), Inherited.Company.class)) {
            unit.inTransaction(session -> {
                session.persist(new Inherited.Human(6, "Eve", 20));
                session.persist(new Inherited.Company(7, "Acme", "rockets"));
            });
            unit.inTransaction(session -> {
                session.find(Inherited.Party.class, 6).name = "Eva";
                session.find(Inherited.Party.class, 7).name = "ACME";
            });
            unit.inTransaction(session -> {
                session.remove(session.find(Inherited.Party.class, 6));
                session.remove(session.find(Inherited.Party.class, 7));
            });

            assertThat(Heard.words(heard.all()))
                    .containsExactly("INSERT Company 7", "UPDATE Company 7", "DELETE Company 7");
        }
    }

    @Test
    void joinedWithoutADiscriminator_oneConcreteClassNeedsNone() throws Exception {
        try (Heard heard = new Heard(unit, Inherited.Device.class)) {
            unit.inTransaction(session -> session.persist(new Inherited.Phone(1, "Acme", "555")));
            unit.inTransaction(session -> session.find(Inherited.Phone.class, 1).maker = "ACME");
            unit.inTransaction(session -> session.remove(session.find(Inherited.Phone.class, 1)));

            assertThat(Heard.words(heard.all())).containsExactly("INSERT Phone 1", "UPDATE Phone 1", "DELETE Phone 1");
        }
    }

    @Test
    void joinedWithoutADiscriminator_severalConcreteClassesAreRefused() {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> new Heard(unit, Refused.JoinedBase.class))
                .withMessageContaining("JoinedBase")
                .withMessageContaining("@DiscriminatorColumn");
    }

    @Test
    void joinedWithoutADiscriminator_theClassIsLookedUpWhereThatIsWanted() throws Exception {
        try (Heard heard =
                new Heard(unit, builder -> builder.lookUpClasses(Refused.JoinedBase.class), Refused.JoinedBase.class)) {
            unit.database()
                    .execute("BEGIN; INSERT INTO joinedbase (id) VALUES (1), (2);"
                            + " INSERT INTO joinedchild (id, more) VALUES (1, 'more'); COMMIT");
            assertThat(Heard.words(heard.all())).containsExactly("INSERT JoinedChild 1", "INSERT JoinedBase 2");

            unit.database().execute("UPDATE joinedbase SET id = id");
            var updates = heard.all();
            assertThat(Heard.words(updates)).containsExactlyInAnyOrder("UPDATE JoinedChild 1", "UPDATE JoinedBase 2");
            assertThat(updates)
                    .allSatisfy(update -> assertThat(((Update<?>) update).unavailable())
                            .isEqualTo(update.entityType() == Refused.JoinedChild.class ? Set.of("more") : Set.of()));

            unit.database().execute("BEGIN; DELETE FROM joinedchild; DELETE FROM joinedbase; COMMIT");
            assertThat(Heard.words(heard.all()))
                    .containsExactlyInAnyOrder("DELETE JoinedChild 1", "DELETE JoinedBase 2");
        }
    }

    @Test
    void secondaryTable_itsRowComesAndGoesWithinUpdates() throws Exception {
        try (Heard heard = new Heard(unit, Inherited.Article.class)) {
            unit.inTransaction(session -> session.persist(new Inherited.Article(1, "News", null)));
            Insert<Inherited.Article> bare = heard.only();
            assertThat(bare.after().headline).isEqualTo("News");
            assertThat(bare.unavailable()).containsExactlyInAnyOrder("text", "summary");

            unit.inTransaction(session -> session.find(Inherited.Article.class, 1).text = "long");
            Update<Inherited.Article> filled = heard.only();
            assertThat(filled.after().text).isEqualTo("long");
            assertThat(filled.unavailable()).containsExactly("headline");

            unit.inTransaction(session -> session.find(Inherited.Article.class, 1).text = null);
            Update<Inherited.Article> emptied = heard.only();
            assertThat(emptied.after().text).isNull();
            assertThat(emptied.unavailable()).containsExactly("headline");

            unit.inTransaction(session -> session.persist(new Inherited.Article(2, "More", "text")));
            Insert<Inherited.Article> whole = heard.only();
            assertThat(whole.unavailable()).isEmpty();

            unit.inTransaction(session -> session.remove(session.find(Inherited.Article.class, 2)));
            assertThat(Heard.words(heard.all())).containsExactly("DELETE Article 2");
        }
    }

    @Test
    void aChangeOfTheIdIsOneUpdateOfAllTables() throws Exception {
        unit.database()
                .execute(
                        "ALTER TABLE article_text DROP CONSTRAINT IF EXISTS article_text_moves",
                        "ALTER TABLE article_text ADD CONSTRAINT article_text_moves FOREIGN KEY (article_id) REFERENCES article"
                                + " ON UPDATE CASCADE ON DELETE CASCADE");
        unit.database()
                .execute(
                        "DO $$ DECLARE c record; BEGIN FOR c IN SELECT conname FROM pg_constraint WHERE contype = 'f'"
                                + " AND conrelid = 'article_text'::regclass AND conname <> 'article_text_moves' LOOP"
                                + " EXECUTE format('ALTER TABLE article_text DROP CONSTRAINT %I', c.conname); END LOOP; END $$");
        unit.inTransaction(session -> session.persist(new Inherited.Article(10, "News", "long")));
        try (Heard heard = new Heard(unit, Inherited.Article.class)) {
            unit.database().execute("UPDATE article SET id = 11 WHERE id = 10");

            Update<Inherited.Article> moved = heard.only();
            assertThat(moved.id()).isEqualTo(11);
            assertThat(moved.oldId()).contains(10);
            assertThat(moved.unavailable()).isEmpty();

            unit.database().execute("DELETE FROM article WHERE id = 11");
            assertThat(Heard.words(heard.all())).containsExactly("DELETE Article 11");
        }
    }

    @Test
    void othersWaitBehindAnEntityWhoseRowsAreStillToCome() throws Exception {
        try (Heard heard = new Heard(unit, Inherited.Article.class, Hierarchies.Vehicle.class)) {
            unit.database()
                    .execute("BEGIN; INSERT INTO article (id, headline) VALUES (20, 'a');"
                            + " INSERT INTO vehicle (id, kind, wheels) VALUES (1, 1, 4);"
                            + " UPDATE article SET headline = 'b' WHERE id = 20;"
                            + " INSERT INTO article_text (article_id, text) VALUES (20, 'text');"
                            + " INSERT INTO vehicle (id, kind, wheels) VALUES (2, 2, 6); COMMIT");

            List<RealtimeEvent<?>> events = heard.all();
            assertThat(Heard.words(events))
                    .containsExactly("INSERT Article 20", "INSERT Vehicle 1", "UPDATE Article 20", "INSERT Truck 2");
            assertThat(events).extracting(event -> event.position().ordinal()).containsExactly(0L, 1L, 2L, 4L);
        }
    }

    @Test
    void aTruncateIsOneOfEachTable() throws Exception {
        try (Heard heard = new Heard(unit, Inherited.Party.class)) {
            unit.inTransaction(session -> session.persist(new Inherited.Human(8, "Fay", 20)));
            unit.database().execute("TRUNCATE party, human, company");

            assertThat(Heard.words(heard.all()))
                    .startsWith("INSERT Human 8")
                    .containsOnlyOnce("TRUNCATE Party", "TRUNCATE Human", "TRUNCATE Company")
                    .hasSize(4);
        }
    }

    @Test
    void whatComesAgainHasTheSameEventIds() throws Exception {
        String slot = unit.database().unique("slot");
        CountDownLatch never = new CountDownLatch(1);
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        Realtime before = twice(slot, never, first);
        unit.inTransaction(session -> {
            for (int id = 30; id < 40; id++) {
                session.persist(new Inherited.Human(id, "name " + id, id));
                session.persist(new Inherited.Company(id + 100, "name " + id, "branch"));
            }
        });
        awaitSize(first, 20);
        before.close();

        Realtime after = twice(slot, never, second);
        awaitSize(second, 20);
        after.close();
        assertThat(second).isEqualTo(first).doesNotHaveDuplicates();
    }

    private static Realtime twice(String slot, CountDownLatch never, List<String> ids) {
        return Heard.builder(unit, slot, Inherited.Party.class)
                .slot(slot)
                .stopTimeout(Duration.ofMillis(300))
                .subscribe(Inherited.Party.class, s -> s.named("stuck").each(event -> never.await()))
                .subscribe(Inherited.Party.class, s -> s.named("ids").each(event -> ids.add(event.eventId())))
                .start();
    }

    private static void awaitSize(List<String> list, int size) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (list.size() < size) {
            assertThat(System.nanoTime())
                    .as("%s of %s in time", list.size(), size)
                    .isLessThan(deadline);
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void whatIsPutAsideComesBackWhole() throws Exception {
        List<RealtimeEvent<Inherited.Party>> handled = new CopyOnWriteArrayList<>();
        AtomicBoolean fails = new AtomicBoolean(true);
        String slot = unit.database().unique("slot");
        try (Realtime realtime = Heard.builder(unit, slot, Inherited.Party.class)
                .slot(slot)
                .subscribe(
                        Inherited.Party.class,
                        s -> s.named("parking")
                                .retrying(Retry.never().thenPark())
                                .each(event -> {
                                    if (fails.get()) {
                                        throw new IllegalStateException("planned");
                                    }
                                    handled.add(event);
                                }))
                .start()) {
            unit.inTransaction(session -> session.persist(new Inherited.Human(50, "Ida", 60)));
            assertThat(realtime.awaitCaughtUp(Duration.ofSeconds(60))).isTrue();
            fails.set(false);

            DeadLetter letter = realtime.deadLetters().list(10).get(0);
            assertThat(realtime.deadLetters().replay(letter)).isTrue();

            assertThat(handled).hasSize(1);
            assertThat(handled.get(0).eventId()).isEqualTo(letter.eventId());
            Insert<?> again = (Insert<?>) handled.get(0);
            assertThat(again.unavailable()).isEmpty();
            assertThat(again.after())
                    .isExactlyInstanceOf(Inherited.Human.class)
                    .hasFieldOrPropertyWithValue("name", "Ida")
                    .hasFieldOrPropertyWithValue("age", 60);
        }
    }

    @Test
    void aFilterOnAttributesIsDecidedByTheTablesThatChanged() throws Exception {
        List<String> ages = new CopyOnWriteArrayList<>();
        String slot = unit.database().unique("slot");
        unit.inTransaction(session -> session.persist(new Inherited.Human(60, "Jo", 1)));
        try (Realtime realtime = Heard.builder(unit, slot, Inherited.Party.class)
                .slot(slot)
                .subscribe(
                        Inherited.Party.class,
                        s -> s.named("ages").updatesOf("age").each(event -> ages.add(event.toString())))
                .start()) {
            unit.inTransaction(session -> session.find(Inherited.Human.class, 60).name = "Joanna");
            unit.inTransaction(session -> session.find(Inherited.Human.class, 60).age = 2);
            assertThat(realtime.awaitCaughtUp(Duration.ofSeconds(60))).isTrue();

            assertThat(ages).hasSize(1);
        }
    }
}
