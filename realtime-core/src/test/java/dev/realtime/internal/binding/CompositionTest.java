package dev.realtime.internal.binding;

import static dev.realtime.internal.binding.SpreadBed.EXTRA;
import static dev.realtime.internal.binding.SpreadBed.LEFT;
import static dev.realtime.internal.binding.SpreadBed.PLAIN;
import static dev.realtime.internal.binding.SpreadBed.RIGHT;
import static dev.realtime.internal.binding.SpreadBed.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Delete;
import dev.realtime.event.Update;
import org.junit.jupiter.api.Test;

/** What closes the change of an entity that is spread over several tables. */
class CompositionTest {

    private final SpreadBed bed = new SpreadBed('d');

    @Test
    void an_entity_of_one_table_is_not_held() {
        bed.insert(PLAIN, "1");

        assertThat(bed.words).containsExactly("0 INSERT Object[]");
        assertThat(bed.isHolding()).isFalse();
    }

    @Test
    void a_change_is_closed_when_the_tables_of_its_class_are_seen() {
        bed.insert(ROOT, "1");
        bed.insert(LEFT, "1");
        assertThat(bed.words).isEmpty();
        bed.insert(EXTRA, "1");

        assertThat(bed.words).containsExactly("0 INSERT Spread root=0 left=1 extra=2");
        assertThat(bed.isHolding()).isFalse();
    }

    @Test
    void what_waits_in_a_transaction_that_is_cut_is_let_go_of() {
        bed.insert(ROOT, "1");
        bed.insert(PLAIN, "1");
        bed.cut();
        bed.insert(LEFT, "1");
        bed.commit();

        assertThat(bed.words).containsExactly("2 UPDATE Spread left=2");
    }

    @Test
    void a_change_is_closed_at_the_end_of_the_transaction_and_others_wait_behind_it() {
        bed.insert(ROOT, "1");
        bed.insert(PLAIN, "1");
        bed.insert(LEFT, "1");
        assertThat(bed.words).isEmpty();
        bed.commit();

        assertThat(bed.words).containsExactly("0 INSERT Spread root=0 left=2", "1 INSERT Object[]");
    }

    @Test
    void a_table_and_a_key_that_come_again_begin_another_change() {
        bed.update(ROOT, "1", "1");
        bed.update(LEFT, "1", "1");
        bed.update(ROOT, "1", "1");
        bed.commit();

        assertThat(bed.words).containsExactly("0 UPDATE Spread root=0 left=1", "2 UPDATE Spread root=2");
    }

    @Test
    void a_change_waits_for_256_rows_of_the_transaction_and_no_longer() {
        bed.update(ROOT, "1", "1");
        for (int row = 1; row < Composition.LONGEST; row++) {
            bed.insert(PLAIN, String.valueOf(row));
        }
        assertThat(bed.words).isEmpty();
        bed.update(LEFT, "1", "1");
        assertThat(bed.words).hasSize(Composition.LONGEST).startsWith("0 UPDATE Spread root=0");
        bed.commit();

        assertThat(bed.words).hasSize(Composition.LONGEST + 1).endsWith("256 UPDATE Spread left=256");
    }

    @Test
    void the_255th_row_behind_the_first_still_belongs_to_its_change() {
        bed.update(ROOT, "1", "1");
        for (int row = 1; row < Composition.LONGEST - 1; row++) {
            bed.insert(PLAIN, String.valueOf(row));
        }
        bed.update(LEFT, "1", "1");
        bed.commit();

        assertThat(bed.words).startsWith("0 UPDATE Spread root=0 left=255");
    }

    @Test
    void the_end_of_an_entity_is_another_change_than_what_came_before_it() {
        bed.update(ROOT, "1", "1");
        bed.delete(LEFT, "1");
        bed.delete(ROOT, "1");
        bed.insert(ROOT, "1");
        bed.insert(RIGHT, "1");
        bed.commit();

        assertThat(bed.words)
                .containsExactly(
                        "0 UPDATE Spread root=0",
                        "1 DELETE Spread root=null left=null",
                        "3 INSERT Spread root=3 right=4");
    }

    @Test
    void a_row_of_an_optional_table_that_goes_leaves_nulls() {
        bed.delete(EXTRA, "1");
        bed.update(ROOT, "1", "1");
        bed.commit();

        assertThat(bed.words).containsExactly("0 UPDATE Spread root=1 extra=null");
    }

    @Test
    void an_update_of_the_key_begins_a_change_of_the_new_one() {
        bed.update(EXTRA, "1", "1");
        bed.update(ROOT, "1", "2");
        bed.update(LEFT, "1", "2");
        bed.commit();

        assertThat(bed.words).containsExactly("0 UPDATE Spread extra=0", "1 UPDATE Spread root=1 left=2");
        Update<?> moved = (Update<?>) bed.changes.get(1).event(false);
        assertThat(moved.id()).isEqualTo("2");
        assertThat(moved.oldId()).contains("1");
        assertThat(bed.changes.get(1).key()).isNotEqualTo(bed.changes.get(0).key());
        assertThat(bed.changes.get(1).oldKey()).isEqualTo(bed.changes.get(0).key());
    }

    @Test
    void a_truncate_closes_the_changes_before_it_and_stands_alone() {
        bed.insert(ROOT, "1");
        bed.truncate(LEFT);
        bed.insert(LEFT, "1");
        bed.commit();

        assertThat(bed.words)
                .containsExactly("0 INSERT Spread root=0", "1 TRUNCATE Spread left=?", "2 UPDATE Spread left=2");
    }

    @Test
    void a_delete_under_full_identity_knows_the_whole_entity_where_all_its_tables_are_seen() {
        SpreadBed full = new SpreadBed('f');
        full.delete(EXTRA, "1");
        full.delete(LEFT, "1");
        full.delete(ROOT, "1");
        full.delete(ROOT, "2");
        full.commit();

        assertThat(full.words).containsExactly("0 DELETE Spread root=2 left=1 extra=0", "3 DELETE Spread root=3");
        assertThat(((Delete<?>) full.changes.get(0).event(false)).before()).isPresent();
        assertThat(((Delete<?>) full.changes.get(1).event(false)).before()).isEmpty();
    }

    @Test
    void a_change_covers_an_earlier_one_only_where_it_concerns_the_same_tables() {
        bed.update(ROOT, "1", "1");
        bed.commit();
        bed.update(LEFT, "1", "1");
        bed.commit();
        bed.update(ROOT, "1", "1");
        bed.update(LEFT, "1", "1");
        bed.commit();

        assertThat(bed.changes.get(1).covers(bed.changes.get(0))).isFalse();
        assertThat(bed.changes.get(2).covers(bed.changes.get(0))).isTrue();
        assertThat(bed.changes.get(2).covers(bed.changes.get(1))).isTrue();
        assertThat(bed.changes.get(0).covers(bed.changes.get(2))).isFalse();
    }

    @Test
    void what_waits_is_not_lost_where_the_tables_come_anew() {
        bed.insert(ROOT, "1");
        bed.sessionStarted();
        bed.insert(LEFT, "1");
        bed.commit();

        assertThat(bed.words).containsExactly("0 INSERT Spread root=0 left=1");
    }
}
