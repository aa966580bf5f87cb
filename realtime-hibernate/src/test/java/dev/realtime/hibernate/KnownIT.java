package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.Reload;
import dev.realtime.event.Delete;
import dev.realtime.event.EventHandler;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.RowEvent;
import dev.realtime.event.Update;
import dev.realtime.hibernate.model.Knowable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream says of what it does not know. */
class KnownIT {

    /** Too large for a row, and too varied to be compressed. */
    private static final String LARGE = IntStream.range(0, 4_000)
            .mapToObj(i -> Integer.toString(i * 7919, 36))
            .collect(Collectors.joining());

    private static PersistenceUnit unit;

    @BeforeAll
    static void start() throws SQLException {
        unit = new PersistenceUnit(Knowable.Article.class, Knowable.Rectangle.class);
    }

    @AfterAll
    static void stop() throws SQLException {
        unit.close();
    }

    /** The events of what was done to one article. */
    private static List<RowEvent<?>> article(int id, boolean fullImages, String... statements) throws Exception {
        unit.database().execute("alter table article replica identity default");
        try (Watcher watcher = new Watcher(unit, List.of(Knowable.Article.class), fullImages)) {
            unit.inTransaction(session -> {
                Knowable.Article article = new Knowable.Article();
                article.id = id;
                article.title = "before";
                article.body = LARGE;
                session.persist(article);
            });
            for (String statement : statements) {
                unit.database().execute(statement + " where id = " + id);
            }
            watcher.awaitAll();
            return watcher.byTransaction("Article", id).stream()
                    .map(events -> events.get(0))
                    .collect(Collectors.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUnchangedLargeValueIsUnavailableUnlessWholeRowsAreLogged(boolean fullImages) throws Exception {
        List<RowEvent<?>> events = article(fullImages ? 1 : 2, fullImages, "update article set title = 'after'");

        Update<?> update = (Update<?>) events.get(1);
        Knowable.Article after = (Knowable.Article) update.after();
        assertThat(after.title).isEqualTo("after");
        if (fullImages) {
            assertThat(after.body).isEqualTo(LARGE);
            assertThat(update.unavailable()).containsExactly("loud");
            assertThat(update.changes().asMap().keySet()).containsExactly("title");
        } else {
            assertThat(after.body).isNull();
            assertThat(update.unavailable()).containsExactlyInAnyOrder("loud", "body");
        }
    }

    @Test
    void whatAnEventDoesNotTellIsReadAgainWhereAHandlerAsksForIt() throws Exception {
        Update<?> update = (Update<?>)
                article(5, false, "update article set title = 'after'").get(1);
        unit.database().execute("update article set body = 'newer', title = 'newer' where id = 5");

        Set<String> filled = Reload.over(unit.factory()).fill(update);

        Knowable.Article after = (Knowable.Article) update.after();
        assertThat(filled).isEqualTo(update.unavailable()).containsExactlyInAnyOrder("loud", "body");
        assertThat(after.title).as("the event's").isEqualTo("after");
        assertThat(after.body).as("today's").isEqualTo("newer");
        assertThat(after.loud).isEqualTo("NEWER");
    }

    @Test
    void nothingIsReadAgainOfARowThatIsGoneOrWhereAllIsKnown() throws Exception {
        List<RowEvent<?>> events = article(6, false, "update article set title = 'after'", "delete from article");
        unit.statements().forget();

        assertThat(Reload.over(unit.factory()).fill(events.get(1))).isEmpty();
        assertThat(((Knowable.Article) ((Update<?>) events.get(1)).after()).body)
                .isNull();
        assertThat(Reload.over(unit.factory()).fill(events.get(2))).isEmpty();
        assertThat(unit.statements().heard()).hasSize(1);
    }

    @Test
    void aHandlerBehindAReloadGetsTheEntityFilledIn() throws Exception {
        RowEvent<?> insert = article(7, false).get(0);
        List<Object> handled = new ArrayList<>();

        EventHandler<RealtimeEvent<?>> handler =
                event -> handled.add(((Knowable.Article) ((Insert<?>) event).after()).loud);
        Reload.over(unit.factory()).<RealtimeEvent<?>>before(handler).handle(insert);

        assertThat(handled).containsExactly("BEFORE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletedEntityHasItsIdAloneUnlessWholeRowsAreLogged(boolean fullImages) throws Exception {
        List<RowEvent<?>> events = article(fullImages ? 3 : 4, fullImages, "delete from article");

        Delete<?> delete = (Delete<?>) events.get(1);
        assertThat(delete.id()).isEqualTo(fullImages ? 3 : 4);
        assertThat(delete.before().isPresent()).isEqualTo(fullImages);
        assertThat(delete.unavailable()).isEqualTo(fullImages ? Set.of("loud") : Set.of("loud", "title", "body"));
    }

    @Test
    void aColumnThatTheServerGeneratesIsUnavailableWhereItIsNotSent() throws Exception {
        try (Watcher watcher = new Watcher(unit, List.of(Knowable.Rectangle.class), false)) {
            unit.database().execute("insert into rectangle (id, width) values (1, 21)");
            watcher.awaitAll();
            Insert<?> insert =
                    (Insert<?>) watcher.byTransaction("Rectangle", 1).get(0).get(0);

            Knowable.Rectangle after = (Knowable.Rectangle) insert.after();
            boolean sent = Integer.parseInt(unit.database().value("show server_version_num")) >= 180_000;
            assertThat(insert.unavailable()).isEqualTo(sent ? Set.of() : Set.of("doubled"));
            assertThat(after.doubled).isEqualTo(sent ? 42 : null);
        }
    }

    @Test
    void whatNoEventTellsIsNamedByTheStatus() {
        try (Watcher watcher = new Watcher(unit, List.of(Knowable.Article.class, Knowable.Rectangle.class), false)) {
            assertThat(watcher.status().unavailable())
                    .isEqualTo(Map.of(
                            "Article", unit.mapping(Knowable.Article.class).unavailable()))
                    .extractingByKey("Article")
                    .isEqualTo(Map.of("loud", "it is a formula, which the server computes in queries only"));
        }
    }
}
