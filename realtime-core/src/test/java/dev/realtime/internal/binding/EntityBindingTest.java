package dev.realtime.internal.binding;

import static dev.realtime.internal.pgoutput.MessageBytes.UNCHANGED;
import static dev.realtime.internal.pgoutput.MessageBytes.relation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.error.MappingException;
import dev.realtime.event.Changes;
import dev.realtime.event.Delete;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Update;
import dev.realtime.internal.pgoutput.MessageBytes;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.mapping.TableName;
import dev.realtime.support.PlainMapping;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a row, from bytes alone. */
class EntityBindingTest {

    private static final class Page {
        String key;
        String title = "by the constructor";
        String text = "by the constructor";
    }

    private final PlainMapping<Page> mapping = PlainMapping.of(Page.class, Page::new, "public", "page")
            .id("key", "key", String.class, (page, value) -> page.key = value)
            .with("title", "title", String.class, (page, value) -> page.title = value)
            .with("text", "text", String.class, (page, value) -> page.text = value);
    private final Bindings bindings = new Bindings(
            List.of(new RegisteredEntity<>(0, mapping, new TableName("public", "page"), 7)),
            TypeRegistry.standard(),
            TypeCatalog.builtIn());
    private final Transaction transaction = new Transaction(0x16B374D848L, -1, -1, false);

    @SuppressWarnings("unchecked") // the mapping's only entity
    private <E extends RealtimeEvent<Page>> E event(Relation relation, PgOutputMessage message) {
        bindings.sessionStarted("7000");
        bindings.bind(relation);
        RowChange change = new RowChange(transaction, 3, relation, message);
        return (E) new BoundChange<>(bindings.of(change).get(0), change).event(false);
    }

    private static Relation pages(char identity) {
        return relation(7, "page", identity, "key", "title", "text");
    }

    private static MessageBytes update() {
        return MessageBytes.of('U').int32(7);
    }

    private static PgOutputMessage delete(char mark, String... values) {
        return MessageBytes.of('D').int32(7).int8(mark).tuple(values).decoded();
    }

    @Test
    void an_event_says_where_it_stands() {
        Insert<Page> event = event(pages('d'), MessageBytes.insert(7, "k", "t", "x"));

        assertThat(event.eventId()).isEqualTo("7000:16/B374D848:3");
        assertThat(event.transaction().xid()).isEqualTo(4_294_967_295L);
        assertThat(event.transaction().commitTime()).isEqualTo(Instant.parse("1999-12-31T23:59:59.999999Z"));
        assertThat(event).hasToString("INSERT Page 7000:16/B374D848:3");
    }

    @Test
    void an_unchanged_value_keeps_what_the_constructor_gave_and_is_named() {
        Update<Page> update =
                event(pages('d'), update().int8('N').tuple("k", "t", UNCHANGED).decoded());

        assertThat(update.unavailable()).containsExactly("text");
        assertThat(update.after().text).isEqualTo("by the constructor");
    }

    @Test
    void an_unchanged_value_is_taken_from_the_whole_old_row() {
        PgOutputMessage message = update().int8('O')
                .tuple("k", null, "large")
                .int8('N')
                .tuple("k", "t", UNCHANGED)
                .decoded();
        Update<Page> update = event(pages('f'), message);

        assertThat(update.unavailable()).isEmpty();
        assertThat(update.after().text).isEqualTo("large");
        assertThat(update.changes().asMap()).containsOnlyKeys("title").containsValue(new Changes.Change(null, "t"));
    }

    @Test
    void an_unchanged_value_is_never_taken_from_an_old_key_which_only_says_null() {
        PgOutputMessage message = update().int8('K')
                .tuple("old", null, null)
                .int8('N')
                .tuple("k", "t", UNCHANGED)
                .decoded();
        Update<Page> update = event(pages('d'), message);

        assertThat(update.unavailable()).containsExactly("text");
        assertThat(update.after().text).isEqualTo("by the constructor");
        assertThat(update.oldId()).contains("old");
    }

    @Test
    void a_key_too_large_to_be_sent_twice_is_taken_from_the_old_key_and_has_not_changed() {
        PgOutputMessage message = update().int8('K')
                .tuple("huge", null, null)
                .int8('N')
                .tuple(UNCHANGED, "t", "x")
                .decoded();
        Update<Page> update = event(pages('d'), message);

        assertThat(update.id()).isEqualTo("huge");
        assertThat(update.oldId()).isEmpty();
        assertThat(update.unavailable()).isEmpty();
    }

    @Test
    void an_old_key_that_equals_the_new_one_is_no_change() {
        PgOutputMessage message = update().int8('K')
                .tuple("k", null, null)
                .int8('N')
                .tuple("k", "t", "x")
                .decoded();

        assertThat(this.<Update<Page>>event(pages('d'), message).oldId()).isEmpty();
    }

    @Test
    void the_nulls_of_an_old_key_are_unknown_and_those_of_an_old_row_are_null() {
        Delete<Page> key = event(pages('d'), delete('K', "k", null, null));
        Delete<Page> row = event(pages('f'), delete('O', "k", null, null));

        assertThat(key.before()).isEmpty();
        assertThat(key.unavailable()).containsExactly("title", "text");
        assertThat(row.unavailable()).isEmpty();
        assertThat(row.before().orElseThrow().title).isNull();
    }

    @Test
    void a_delete_whose_key_does_not_hold_the_id_is_an_error_of_the_mapping() {
        Relation keyedByTitle = relation(7, "page", 'd', "title", "key", "text");

        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> event(keyedByTitle, delete('K', "t", null, null)))
                .withMessageContaining("Page.key");
    }

    @Test
    void a_column_that_is_not_published_is_unavailable() {
        Insert<Page> event = event(relation(7, "page", 'd', "key", "title"), MessageBytes.insert(7, "k", "t"));

        assertThat(event.unavailable()).containsExactly("text");
    }

    @Test
    void an_entity_is_built_once_for_an_event() {
        Insert<Page> event = event(pages('d'), MessageBytes.insert(7, "k", "t", "x"));

        assertThat(event.after()).isSameAs(event.after());
    }

    @Test
    void an_attribute_that_does_not_exist_is_named() {
        Insert<Page> event = event(pages('d'), MessageBytes.insert(7, "k", "t", "x"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.referenceId("owner"))
                .withMessageContaining("Page has no attribute owner");
    }

    @Test
    void a_table_without_an_entity_ends_here() {
        Relation other = relation(8, "other", 'd', "key");
        bindings.bind(other);

        assertThat(bindings.of(new RowChange(transaction, 0, other, MessageBytes.insert(8, "k"))))
                .isEmpty();
    }
}
