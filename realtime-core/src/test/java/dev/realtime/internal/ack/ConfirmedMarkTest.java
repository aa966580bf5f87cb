package dev.realtime.internal.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ConfirmedMarkTest {

    private final ConfirmedMark mark = new ConfirmedMark();
    private final Shared mailer = new Shared(mark);
    private final Shared search = new Shared(mark);

    /** A cursor on the shared stream. */
    private static final class Shared {
        final Cursor cursor;
        final Tally tally = new Tally();

        Shared(ConfirmedMark mark) {
            cursor = mark.join();
            cursor.join(tally);
            cursor.runOn(tally);
        }

        void offered(Ticket ticket) {
            cursor.offered(tally, ticket);
        }

        void begun(Ticket ticket) {
            cursor.begun(ticket);
        }

        void finished(Ticket ticket) {
            cursor.finished(tally, ticket);
        }
    }

    private Ticket transaction(long commitLsn, long endLsn, Shared... interested) {
        Ticket ticket = mark.transactions().begin(commitLsn);
        for (Shared cursor : interested) {
            cursor.offered(ticket);
        }
        mark.transactions().commit(endLsn);
        return ticket;
    }

    private static void handle(Shared cursor, Ticket ticket) {
        cursor.begun(ticket);
        cursor.finished(ticket);
    }

    @Test
    void starts_with_nothing_to_confirm() {
        assertThat(mark.advance()).isZero();
    }

    @Test
    void a_transaction_counts_when_every_subscription_has_finished_it() {
        Ticket ticket = transaction(100, 110, mailer, search);
        handle(mailer, ticket);
        assertThat(mark.advance()).isZero();

        handle(search, ticket);
        assertThat(mark.advance()).isEqualTo(110);
    }

    @Test
    void a_transaction_that_nobody_wants_counts_at_its_end() {
        transaction(100, 110);
        assertThat(mark.advance()).isEqualTo(110);
    }

    @Test
    void a_transaction_that_is_not_whole_never_counts() {
        mark.transactions().begin(100);
        assertThat(mark.advance()).isZero();
        assertThat(mark.isIdle()).isFalse();
    }

    @Test
    void what_lies_before_an_unfinished_transaction_counts() {
        handle(mailer, transaction(100, 110, mailer));
        Ticket second = transaction(200, 210, search);
        Ticket stuck = transaction(300, 310, mailer);
        transaction(400, 410);
        mailer.begun(stuck);

        assertThat(mark.advance()).as("search has not finished the second").isEqualTo(110);

        handle(search, second);
        assertThat(mark.advance()).as("mailer has not finished the third").isEqualTo(210);
    }

    @Test
    void a_keepalive_counts_only_when_nothing_is_open_queued_or_running() {
        Ticket ticket = transaction(100, 110, mailer);
        mark.keepalive(500);
        assertThat(mark.advance()).isZero();

        mailer.begun(ticket);
        mark.keepalive(600);
        assertThat(mark.advance()).isZero();

        mailer.finished(ticket);
        assertThat(mark.advance())
                .as("the keepalives came before it was finished")
                .isEqualTo(110);

        mark.keepalive(700);
        assertThat(mark.advance()).isEqualTo(700);

        mark.transactions().begin(800);
        mark.keepalive(900);
        assertThat(mark.advance()).isEqualTo(700);
    }

    @Test
    void never_goes_back() {
        mark.keepalive(700);
        assertThat(mark.advance()).isEqualTo(700);

        mark.keepalive(600);
        transaction(710, 720, mailer);
        assertThat(mark.advance()).isEqualTo(700);
    }

    @Test
    void refuses_a_transaction_behind_what_it_has_counted() {
        mark.keepalive(700);
        assertThatIllegalStateException().isThrownBy(() -> mark.transactions().begin(650));
    }

    @Test
    void one_that_had_nothing_to_do_is_as_far_as_the_mark_also_when_it_has_left() {
        handle(search, transaction(100, 110, search));
        handle(mailer, transaction(200, 210, mailer));
        mark.keepalive(300);
        assertThat(mark.advance()).isEqualTo(300);

        search.cursor.leave();
        handle(mailer, transaction(400, 410, mailer));

        assertThat(mark.advance()).as("what it has not seen holds the mark").isEqualTo(300);
        assertThat(search.cursor.reached()).isEqualTo(300);
        assertThat(mailer.cursor.reached()).isEqualTo(410);
    }
}
