package dev.realtime.internal.transaction;

import static dev.realtime.internal.pgoutput.MessageBytes.begin;
import static dev.realtime.internal.pgoutput.MessageBytes.commit;
import static dev.realtime.internal.pgoutput.MessageBytes.insert;
import static dev.realtime.internal.pgoutput.MessageBytes.relation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.error.GapException;
import dev.realtime.error.ProtocolException;
import dev.realtime.internal.pgoutput.Commit;
import dev.realtime.internal.pgoutput.MessageBytes;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.internal.pgoutput.Relation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionStreamTest {

    private final List<String> seen = new ArrayList<>();
    private final List<RowChange> rows = new ArrayList<>();

    private final TransactionStream stream = new TransactionStream(new TransactionListener() {
        @Override
        public void relation(Relation relation) {
            seen.add("relation " + relation.name());
        }

        @Override
        public void begin(Transaction transaction) {
            seen.add("begin " + transaction.commitLsn() + (transaction.possibleRedelivery() ? " again?" : ""));
        }

        @Override
        public void row(RowChange change) {
            rows.add(change);
            seen.add("row " + change.transaction().commitLsn() + ":" + change.ordinal());
        }

        @Override
        public void commit(Transaction transaction, long endLsn) {
            seen.add("commit " + endLsn);
        }

        @Override
        public void cut(Transaction transaction) {
            seen.add("cut " + transaction.commitLsn());
        }
    });

    private void session(long horizon, PgOutputMessage... messages) {
        stream.sessionStarted(horizon);
        accept(relation(7, "t", 'd', "id"));
        accept(messages);
        seen.remove("relation t");
    }

    private void accept(PgOutputMessage... messages) {
        for (PgOutputMessage message : messages) {
            stream.accept(message, message instanceof Commit commit ? commit.endLsn() : 1);
        }
    }

    @Test
    void rows_get_ordinals_within_their_transaction() {
        session(
                0,
                begin(100, 1),
                insert(7, "a"),
                insert(7, "b"),
                commit(100, 110),
                begin(200, 2),
                insert(7, "c"),
                commit(200, 210));

        assertThat(seen)
                .containsExactly(
                        "begin 100", "row 100:0", "row 100:1", "commit 110", "begin 200", "row 200:0", "commit 210");
    }

    @Test
    void each_truncated_relation_takes_an_ordinal_and_messages_take_none() {
        session(0, begin(100, 1));
        accept(
                relation(8, "u", 'd', "id"),
                MessageBytes.of('T').int32(2).int8(0).int32(7).int32(8).decoded(),
                MessageBytes.of('M').int8(1).int64(9).string("p").int32(0).decoded(),
                insert(7, "a"));

        assertThat(seen).containsExactly("begin 100", "relation u", "row 100:0", "row 100:1", "row 100:2");
    }

    @Test
    void a_relation_that_is_announced_inside_a_transaction_takes_no_ordinal() {
        session(0, begin(100, 1), insert(7, "a"));
        accept(relation(8, "u", 'd', "id"), insert(8, "b"), insert(7, "c"));

        assertThat(seen).containsExactly("begin 100", "row 100:0", "relation u", "row 100:1", "row 100:2");
    }

    @Test
    void what_was_committed_before_the_session_may_be_a_redelivery() {
        session(100, begin(100, 1), commit(100, 110), begin(101, 2), commit(101, 120));

        assertThat(seen).containsExactly("begin 100 again?", "commit 110", "begin 101", "commit 120");
    }

    @Test
    void a_transaction_that_went_on_whole_is_passed_over_when_it_comes_again() {
        session(0, begin(100, 1), insert(7, "a"), commit(100, 110));
        seen.clear();

        session(110, begin(100, 1), insert(7, "a"), commit(100, 110), begin(200, 2), insert(7, "b"), commit(200, 210));

        assertThat(seen).containsExactly("begin 200", "row 200:0", "commit 210");
    }

    @Test
    void a_transaction_that_was_cut_goes_on_where_it_was_cut() {
        session(0, begin(100, 1), insert(7, "a"), insert(7, "b"));
        seen.clear();

        session(150, begin(100, 1), insert(7, "a"), insert(7, "b"), insert(7, "c"), commit(100, 110));

        assertThat(seen).containsExactly("row 100:2", "commit 110");
    }

    @Test
    void the_rest_of_a_transaction_that_was_cut_may_have_been_sent_to_another_process_meanwhile() {
        session(0, begin(100, 1), insert(7, "a"));
        assertThat(rows)
                .extracting(row -> row.transaction().possibleRedelivery())
                .containsExactly(false);

        session(150, begin(100, 1), insert(7, "a"), insert(7, "b"), commit(100, 110));

        assertThat(rows)
                .extracting(row -> row.transaction().possibleRedelivery())
                .containsExactly(false, true);
    }

    @Test
    void a_transaction_that_was_cut_twice_still_goes_on_once() {
        session(0, begin(100, 1), insert(7, "a"), insert(7, "b"));
        session(150, begin(100, 1), insert(7, "a"));
        seen.clear();

        session(150, begin(100, 1), insert(7, "a"), insert(7, "b"), insert(7, "c"), commit(100, 110));

        assertThat(seen).containsExactly("row 100:2", "commit 110");
    }

    @Test
    void a_transaction_that_was_cut_and_does_not_come_again_is_a_gap() {
        session(0, begin(100, 1), insert(7, "a"));

        assertThatExceptionOfType(GapException.class)
                .isThrownBy(() -> session(150, begin(200, 2)))
                .withMessageContaining("0/64")
                .withMessageContaining("0/C8");
    }

    @Test
    void a_transaction_of_which_the_rest_will_not_come_is_cut_and_never_committed() {
        session(0, begin(100, 1), insert(7, "a"));
        stream.passTo(100);
        assertThat(seen).containsExactly("begin 100", "row 100:0");

        stream.passTo(150);
        session(180, begin(200, 2), insert(7, "b"), commit(200, 210));

        assertThat(seen).containsExactly("begin 100", "row 100:0", "cut 100", "begin 200", "row 200:0", "commit 210");
    }

    @Test
    void a_transaction_that_comes_again_with_fewer_rows_is_a_gap() {
        session(0, begin(100, 1), insert(7, "a"), insert(7, "b"));

        assertThatExceptionOfType(GapException.class)
                .isThrownBy(() -> session(150, begin(100, 1), insert(7, "a"), commit(100, 110)));
    }

    @Test
    void a_session_forgets_the_relations_of_the_one_before() {
        session(0);
        stream.sessionStarted(0);

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> accept(begin(100, 1), insert(7, "a")))
                .withMessageContaining("Insert")
                .withMessageContaining("relation 7");
    }

    @Test
    void a_row_outside_a_transaction_is_a_protocol_error() {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> session(0, insert(7, "a")));
    }

    @Test
    void a_second_begin_is_a_protocol_error() {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> session(0, begin(100, 1), begin(200, 2)));
    }

    @Test
    void a_commit_of_another_transaction_is_a_protocol_error() {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> session(0, commit(100, 110)));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> session(0, begin(100, 1), commit(200, 210)));
    }

    @Test
    void a_commit_that_ends_elsewhere_than_its_envelope_says_is_a_protocol_error() {
        session(0, begin(100, 1), insert(7, "a"));

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> stream.accept(commit(100, 110), 111))
                .withMessageContaining("Commit");
        assertThat(seen).noneMatch(step -> step.startsWith("commit"));
    }

    @Test
    void a_tuple_that_does_not_fit_its_relation_is_a_protocol_error() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> session(0, begin(100, 1), insert(7, "a", "b")))
                .withMessageContaining("2 columns");
    }

    @Test
    void positions_are_compared_unsigned() {
        session(0, begin(Long.MAX_VALUE, 1), commit(Long.MAX_VALUE, Long.MIN_VALUE + 5));
        seen.clear();

        session(0, begin(Long.MIN_VALUE + 10, 2), commit(Long.MIN_VALUE + 10, Long.MIN_VALUE + 20));

        assertThat(seen).hasSize(2);
    }
}
