package dev.realtime.internal.binding;

import static dev.realtime.internal.pgoutput.MessageBytes.UNCHANGED;
import static dev.realtime.internal.pgoutput.MessageBytes.relation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.internal.pgoutput.MessageBytes;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.mapping.TableName;
import dev.realtime.support.PlainMapping;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which row a change is about, told without decoding anything. */
class RowKeyTest {

    private static final class Note {
        String id;
    }

    private static final Relation BY_KEY = relation(7, "note", 'd', "id", "text");
    private static final Relation WHOLE = relation(7, "note", 'f', "id", "text");
    /** Its replica identity is the first column, its id the second. */
    private static final Relation BY_ANOTHER_INDEX = relation(7, "note", 'i', "code", "id");

    private final PlainMapping<Note> mapping = PlainMapping.of(Note.class, Note::new, "public", "note")
            .id("id", "id", String.class, (note, value) -> note.id = value);
    private final Bindings bindings = new Bindings(
            List.of(new RegisteredEntity<>(0, mapping, new TableName("public", "note"), 7)),
            TypeRegistry.standard(),
            TypeCatalog.builtIn());

    private BoundChange<?> change(Relation relation, PgOutputMessage message) {
        bindings.sessionStarted("7000");
        bindings.bind(relation);
        RowChange change = new RowChange(new Transaction(1, 0, 1, false), 0, relation, message);
        return new BoundChange<>(bindings.of(change).get(0), change);
    }

    private BoundChange<?> insert(String id) {
        return change(BY_KEY, MessageBytes.insert(7, id, "t"));
    }

    private static MessageBytes update() {
        return MessageBytes.of('U').int32(7);
    }

    private static MessageBytes delete() {
        return MessageBytes.of('D').int32(7);
    }

    @Test
    void changes_of_one_row_have_one_key() {
        BoundChange<?> inserted = insert("k1");
        BoundChange<?> updated =
                change(BY_KEY, update().int8('N').tuple("k1", "u").decoded());
        BoundChange<?> deleted =
                change(BY_KEY, delete().int8('K').tuple("k1", null).decoded());

        assertThat(inserted.key()).isNotNull().isNotEqualTo(insert("k2").key());
        assertThat(List.of(inserted, updated, deleted)).allSatisfy(change -> {
            assertThat(change.key()).isEqualTo(inserted.key()).hasSameHashCodeAs(inserted.key());
            assertThat(change.oldKey()).isNull();
            assertThat(change.tellsItsRows()).isTrue();
        });
    }

    @Test
    void an_update_of_the_id_has_both_keys() {
        PgOutputMessage key =
                update().int8('K').tuple("k1", null).int8('N').tuple("k2", "t").decoded();
        PgOutputMessage whole =
                update().int8('O').tuple("k1", "s").int8('N').tuple("k2", "t").decoded();

        assertThat(List.of(change(BY_KEY, key), change(WHOLE, whole))).allSatisfy(change -> {
            assertThat(change.oldKey()).isEqualTo(insert("k1").key());
            assertThat(change.key()).isEqualTo(insert("k2").key());
            assertThat(change.tellsItsRows()).isTrue();
        });
    }

    @Test
    void an_update_of_something_else_has_one_key_though_the_old_row_came_too() {
        BoundChange<?> updated = change(
                WHOLE,
                update().int8('O').tuple("k1", "s").int8('N').tuple("k1", "t").decoded());

        assertThat(updated.key()).isEqualTo(insert("k1").key());
        assertThat(updated.oldKey()).isNull();
        assertThat(updated.tellsItsRows()).isTrue();
    }

    @Test
    void a_large_id_that_did_not_change_is_that_of_the_old_row() {
        PgOutputMessage message = update().int8('K')
                .tuple("k1", null)
                .int8('N')
                .tuple(UNCHANGED, "t")
                .decoded();

        BoundChange<?> told = change(BY_KEY, message);
        assertThat(told.key()).isEqualTo(insert("k1").key());
        assertThat(told.oldKey()).isNull();
        assertThat(told.tellsItsRows()).isTrue();
        assertThat(change(BY_KEY, update().int8('N').tuple(UNCHANGED, "t").decoded())
                        .key())
                .isNull();
    }

    @Test
    void what_may_concern_any_row_does_not_tell_which() {
        PgOutputMessage truncate =
                MessageBytes.of('T').int32(1).int8(0).int32(7).decoded();

        assertThat(change(BY_KEY, truncate).key()).isNull();
        assertThat(change(BY_ANOTHER_INDEX, update().int8('N').tuple("c", "k1").decoded())
                        .tellsItsRows())
                .as("the id may have changed untold")
                .isFalse();
        assertThat(change(BY_ANOTHER_INDEX, delete().int8('K').tuple("c", null).decoded())
                        .key())
                .as("the old row came without its id")
                .isNull();
    }
}
