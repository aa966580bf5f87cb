package dev.realtime.internal.ack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;

/**
 * A subscription in a {@link TrackedHistory}, with the stream on which it catches up. It makes the calls that {@code
 * bus} makes, one at a time; what it has finished is written down in the history, where the tracker cannot see it.
 */
final class Follower {

    /** What lies on a leg: one row of a transaction, or its end. */
    record Entry(Ticket ticket, TrackedHistory.Committed transaction, boolean isEnd) {}

    /** A part of its way. */
    static final class Way {
        final Tally tally = new Tally();
        final Deque<Entry> queue = new ArrayDeque<>();
        boolean closed;
        boolean abandoned;

        void abandon() {
            abandoned = true;
            closed = true;
            queue.clear();
        }

        /** A queue that was given up takes everything, and nobody ever sees it. */
        void put(Entry entry) {
            if (!abandoned) {
                queue.add(entry);
            }
        }
    }

    final int number;
    final Cursor cursor;
    private final List<TrackedHistory.Committed> log;
    private final Deque<Way> ways = new ArrayDeque<>();

    /** The shared stream's way to it, null where it has left. */
    Way shared;

    private Way current;
    private Ticket begun;
    private boolean held;

    private Way catchingUp;
    private Succession succession;
    private long finishedBefore;
    private int next;
    private boolean joinRequested;
    private long joinedAt;

    Follower(int number, ConfirmedMark mark, List<TrackedHistory.Committed> log) {
        this.number = number;
        this.cursor = mark.join();
        this.log = log;
        ways.add(join());
    }

    // The reader of the shared stream

    private Way join() {
        shared = new Way();
        cursor.join(shared.tally);
        return shared;
    }

    void leave() {
        if (shared != null) {
            cursor.leave();
            shared.abandon();
            shared = null;
        }
    }

    /** Between two transactions. */
    void admit(long lastCommit) {
        if (!joinRequested || shared != null) {
            return;
        }
        joinRequested = false;
        Way way = join();
        if (catchingUp == null || catchingUp.abandoned) {
            leave();
        } else {
            ways.add(way);
            joinedAt = lastCommit;
        }
    }

    // Anyone

    void hold() {
        held = true;
        if (current != null) {
            current.abandon();
        }
        ways.forEach(Way::abandon);
        ways.clear();
    }

    void release() {
        held = false;
    }

    // The reader of the stream on which it catches up

    void catchUp(Random random) {
        if (catchingUp == null) {
            return;
        }
        if (catchingUp.abandoned) {
            catchingUp = null;
            return;
        }
        if (succession.open() != null) {
            TrackedHistory.Committed transaction = log.get(next++);
            Ticket ticket = succession.commit(transaction.end());
            if (transaction.isFor(number)) {
                catchingUp.put(new Entry(ticket, transaction, true));
            }
        } else if (joinedAt >= 0 && (next == log.size() || log.get(next).commit() > joinedAt)) {
            catchingUp.closed = true;
            catchingUp = null;
        } else if (next < log.size()) {
            bring(log.get(next));
        }
        if (catchingUp != null && joinedAt < 0 && random.nextInt(3) == 0) {
            joinRequested = true;
        }
    }

    private void bring(TrackedHistory.Committed transaction) {
        if (transaction.commit() < finishedBefore) {
            next++;
            return;
        }
        Ticket ticket = succession.begin(transaction.commit());
        if (transaction.isFor(number)) {
            cursor.offered(catchingUp.tally, ticket);
            catchingUp.put(new Entry(ticket, transaction, false));
        }
    }

    // Its own thread

    void work() {
        if (current == null) {
            turnToNextWay();
            return;
        }
        Entry entry = current.queue.poll();
        if (entry == null) {
            if (current.closed) {
                current = null;
            }
            return;
        }
        if (entry.ticket() != begun) {
            begun = entry.ticket();
            cursor.begun(begun);
        }
        if (entry.isEnd()) {
            for (TrackedHistory.Committed earlier : log.subList(0, log.indexOf(entry.transaction()))) {
                Assertions.assertThat(earlier.isOpenFor(number))
                        .as("passed over")
                        .isFalse();
            }
            entry.transaction().finishedBy(number);
            cursor.finished(current.tally, begun);
        }
    }

    private void turnToNextWay() {
        if (held) {
            return;
        }
        current = ways.poll();
        if (current != null) {
            cursor.runOn(current.tally);
        } else if (catchingUp == null) {
            catchingUp = new Way();
            succession = new Succession();
            finishedBefore = cursor.position();
            succession.resume(finishedBefore);
            next = 0;
            joinRequested = false;
            joinedAt = -1;
            ways.add(catchingUp);
        }
    }
}
