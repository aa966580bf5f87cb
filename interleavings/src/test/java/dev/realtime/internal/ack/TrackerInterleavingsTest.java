package dev.realtime.internal.ack;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** The reader moves the mark while subscriptions finish: in no order of their steps is it past what is unfinished. */
class TrackerInterleavingsTest {

    private static final int INVOCATIONS = 3_000;

    /** Two transactions, the second handed over while the first may still be running, and a keepalive behind both. */
    @Test
    void the_mark_is_never_past_what_a_subscription_has_not_finished() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            ConfirmedMark mark = new ConfirmedMark();
            Cursor cursor = mark.join();
            Tally tally = new Tally();
            cursor.join(tally);
            cursor.runOn(tally);
            AtomicInteger handled = new AtomicInteger();
            AtomicReference<Ticket> handedOver = new AtomicReference<>();
            Ticket first = transaction(mark.transactions(), cursor, tally, 100);

            Thread subscription = new Thread(() -> {
                handle(cursor, tally, first, handled);
                Ticket second = handedOver.get();
                if (second != null) {
                    handle(cursor, tally, second, handled);
                }
            });
            subscription.start();
            check(mark.advance(), handled, 0);
            mark.keepalive(150);
            long before = check(mark.advance(), handled, 0);
            Ticket second = transaction(mark.transactions(), cursor, tally, 200);
            handedOver.set(second);
            before = check(mark.advance(), handled, before);
            mark.keepalive(250);
            check(mark.advance(), handled, before);
            join(subscription);
            mark.keepalive(300);
            // It may have looked for the second too early, and then the first keepalive may have been one too.
            long end = mark.advance();
            require(handled.get() == 2 ? end == 300 : end == 110 || end == 150);
        });
    }

    /** It finishes what it catches up on, and turns to the shared stream, to which it was taken back meanwhile. */
    @Test
    void the_mark_waits_for_a_subscription_that_is_still_on_its_way_back() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            ConfirmedMark mark = new ConfirmedMark();
            Cursor cursor = mark.join();
            Tally own = new Tally();
            cursor.runOn(own);
            AtomicInteger handled = new AtomicInteger();
            // The shared stream brings it to nobody: the only one it is for has left.
            mark.transactions().begin(100);
            mark.transactions().commit(110);
            Ticket again = transaction(new Succession(), cursor, own, 100);
            Tally shared = new Tally();

            Thread subscription = new Thread(() -> {
                handle(cursor, own, again, handled);
                cursor.runOn(shared);
            });
            subscription.start();
            long before = check(mark.advance(), handled, 0);
            cursor.join(shared);
            before = check(mark.advance(), handled, before);
            mark.keepalive(150);
            check(mark.advance(), handled, before);
            join(subscription);
            mark.keepalive(300);
            require(mark.advance() == 300);
        });
    }

    private static Ticket transaction(Succession transactions, Cursor cursor, Tally tally, long commit) {
        Ticket ticket = transactions.begin(commit);
        cursor.offered(tally, ticket);
        transactions.commit(commit + 10);
        return ticket;
    }

    private static void handle(Cursor cursor, Tally tally, Ticket ticket, AtomicInteger handled) {
        cursor.begun(ticket);
        handled.incrementAndGet();
        cursor.finished(tally, ticket);
    }

    /** What is handled only grows: who was past it when the mark moved is past it now. */
    private static long check(long mark, AtomicInteger handled, long before) {
        require(mark >= before);
        require(mark < 110 || handled.get() >= 1);
        require(mark < 210 || handled.get() >= 2);
        return mark;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
