package dev.realtime.internal.binding;

import static dev.realtime.internal.pgoutput.MessageBytes.UNCHANGED;
import static dev.realtime.internal.pgoutput.MessageBytes.relation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.internal.pgoutput.MessageBytes;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.internal.transaction.RowChange;
import dev.realtime.internal.transaction.Transaction;
import dev.realtime.mapping.MappedAttribute;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which row a change is about, told without decoding anything. */
class IdHashesTest {

    private static final Relation BY_KEY = relation(7, "note", 'd', "id", "text");
    private static final Relation WHOLE = relation(7, "note", 'f', "id", "text");
    /** Its replica identity is the first column, its id the second. */
    private static final Relation BY_ANOTHER_INDEX = relation(7, "note", 'i', "code", "id");

    private static @Nullable IdHashes of(Relation relation, int idColumn, PgOutputMessage message) {
        RowChange change = new RowChange(new Transaction(1, 0, 1, false), 0, relation, message);
        return IdHashes.of(change, List.of(new BoundAttribute(new MappedAttribute("id", true, List.of(idColumn)))));
    }

    private static MessageBytes update() {
        return MessageBytes.of('U').int32(7);
    }

    private static IdHashes insert(String id) {
        IdHashes hashes = of(BY_KEY, 0, MessageBytes.insert(7, id, "t"));
        assertThat(hashes).isNotNull();
        return hashes;
    }

    @Test
    void changes_of_one_row_have_one_number() {
        IdHashes inserted = insert("k1");
        assertThat(inserted.before())
                .isEqualTo(inserted.after())
                .isNotEqualTo(insert("k2").after());
        assertThat(of(BY_KEY, 0, update().int8('N').tuple("k1", "u").decoded())).isEqualTo(inserted);
        assertThat(of(
                        BY_KEY,
                        0,
                        MessageBytes.of('D')
                                .int32(7)
                                .int8('K')
                                .tuple("k1", null)
                                .decoded()))
                .isEqualTo(inserted);
    }

    @Test
    void an_update_of_the_id_has_both_numbers() {
        PgOutputMessage key =
                update().int8('K').tuple("k1", null).int8('N').tuple("k2", "t").decoded();
        PgOutputMessage whole =
                update().int8('O').tuple("k1", "s").int8('N').tuple("k2", "t").decoded();
        IdHashes both = new IdHashes(insert("k1").after(), insert("k2").after());
        assertThat(of(BY_KEY, 0, key)).isEqualTo(both);
        assertThat(of(WHOLE, 0, whole)).isEqualTo(both);
    }

    @Test
    void a_large_id_that_did_not_change_is_that_of_the_old_row() {
        PgOutputMessage message = update().int8('K')
                .tuple("k1", null)
                .int8('N')
                .tuple(UNCHANGED, "t")
                .decoded();
        assertThat(of(BY_KEY, 0, message)).isEqualTo(insert("k1"));
        assertThat(of(BY_KEY, 0, update().int8('N').tuple(UNCHANGED, "t").decoded()))
                .isNull();
    }

    @Test
    void what_may_concern_any_row_has_none() {
        PgOutputMessage truncate =
                MessageBytes.of('T').int32(1).int8(0).int32(7).decoded();
        assertThat(of(BY_KEY, 0, truncate)).isNull();
        assertThat(of(BY_ANOTHER_INDEX, 1, update().int8('N').tuple("c", "k1").decoded()))
                .as("the id may have changed untold")
                .isNull();
    }
}
