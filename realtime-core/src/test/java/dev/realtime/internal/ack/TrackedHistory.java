package dev.realtime.internal.ack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One random history of a server, the reader of the shared stream, and subscriptions that fall behind, pause and come back;
 * every step is one call of one thread, and after each the mark is held against a naive model, which keeps every
 * transaction and who has finished it.
 */
final class TrackedHistory {

    /** A transaction that the server has committed, with the subscriptions it is for. */
    static final class Committed {
        private final long commit;
        private final long end;
        private final BitSet wanted;
        private final BitSet unfinished;

        private Committed(long commit, long end, BitSet wanted) {
            this.commit = commit;
            this.end = end;
            this.wanted = wanted;
            this.unfinished = (BitSet) wanted.clone();
        }

        long commit() {
            return commit;
        }

        long end() {
            return end;
        }

        boolean isFor(int follower) {
            return wanted.get(follower);
        }

        boolean isOpenFor(int follower) {
            return unfinished.get(follower);
        }

        void finishedBy(int follower) {
            unfinished.clear(follower);
        }
    }

    /** What may happen next. */
    private enum Step {
        COMMIT,
        READ,
        READ_AGAIN,
        KEEPALIVE,
        LEAVE,
        TAKE_OFF_THE_PAUSED,
        ADMIT,
        HOLD,
        RELEASE,
        CATCH_UP,
        CATCH_UP_AGAIN,
        WORK,
        WORK_AGAIN
    }

    private static final long START = 100;

    private final Random random;
    private final ConfirmedMark mark = new ConfirmedMark();
    private final List<Committed> log = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();
    /** What the mark may be: the ends, and the keepalives that came while nothing was unfinished. */
    private final Set<Long> allowed = new HashSet<>(Set.of(START));

    private final int[] weights = new int[Step.values().length];
    private long lsn = START;
    private long confirmed = START;
    private int read;
    private Ticket open;
    private int offering;

    TrackedHistory(long seed) {
        random = new Random(seed);
        int subscriptions = 1 + random.nextInt(4);
        for (int i = 0; i < subscriptions; i++) {
            followers.add(new Follower(i, mark, log));
        }
        mark.resume(START);
        Arrays.setAll(weights, step -> 1 + random.nextInt(random.nextBoolean() ? 3 : 12));
    }

    /** Plays it, lets everything come to its end, and looks whether the mark is there too. */
    void play(int steps) {
        for (int i = 0; i < steps; i++) {
            take(choose());
            check();
        }
        followers.forEach(Follower::release);
        // Whoever is away needs a few turns of every thread for each transaction.
        for (int round = 0; round < 10 * (log.size() + 10); round++) {
            for (Step step : List.of(Step.READ, Step.TAKE_OFF_THE_PAUSED, Step.ADMIT)) {
                take(step);
            }
            followers.forEach(follower -> follower.catchUp(random));
            followers.forEach(Follower::work);
            check();
        }
        take(Step.KEEPALIVE);
        check();
        assertThat(confirmed)
                .as("all is finished, and nothing came after the keepalive")
                .isEqualTo(lsn);
    }

    private Step choose() {
        int ticket = random.nextInt(Arrays.stream(weights).sum());
        int step = 0;
        while (ticket >= weights[step]) {
            ticket -= weights[step++];
        }
        return Step.values()[step];
    }

    private void take(Step step) {
        Follower one = followers.get(random.nextInt(followers.size()));
        switch (step) {
            case COMMIT -> commit();
            case READ, READ_AGAIN -> read();
            case KEEPALIVE -> keepalive();
            case LEAVE -> one.leave();
            case TAKE_OFF_THE_PAUSED ->
                followers.stream()
                        .filter(follower -> follower.shared != null && follower.shared.abandoned)
                        .forEach(Follower::leave);
            case ADMIT -> {
                if (open == null) {
                    followers.forEach(
                            follower -> follower.admit(mark.transactions().lastCommit()));
                }
            }
            case HOLD -> one.hold();
            case RELEASE -> one.release();
            case CATCH_UP, CATCH_UP_AGAIN -> one.catchUp(random);
            case WORK, WORK_AGAIN -> one.work();
        }
    }

    private void commit() {
        BitSet wanted = new BitSet();
        followers.forEach(follower -> wanted.set(follower.number, random.nextInt(3) > 0));
        long commit = lsn + random.nextInt(3);
        lsn = commit + 1 + random.nextInt(5);
        log.add(new Committed(commit, lsn, wanted));
        allowed.add(lsn);
    }

    /** The next message of the shared stream: a transaction's begin, its row for one subscription, or its end. */
    private void read() {
        if (read == log.size()) {
            return;
        }
        Committed transaction = log.get(read);
        if (open == null) {
            open = mark.transactions().begin(transaction.commit());
            offering = 0;
        } else if (offering < followers.size()) {
            Follower follower = followers.get(offering++);
            if (follower.shared != null && transaction.isFor(follower.number)) {
                follower.cursor.offered(follower.shared.tally, open);
                follower.shared.put(new Follower.Entry(open, transaction, false));
                offeredTo.set(follower.number);
            }
        } else {
            mark.transactions().commit(transaction.end());
            for (Follower follower : followers) {
                // Who has left meanwhile, or come back since, gets it on another way.
                if (follower.shared != null && offeredTo.get(follower.number)) {
                    follower.shared.put(new Follower.Entry(open, transaction, true));
                }
            }
            offeredTo.clear();
            open = null;
            read++;
        }
    }

    private final BitSet offeredTo = new BitSet();

    /** It says how far the server has sent; inside a transaction it may say anything. */
    private void keepalive() {
        long walEnd = lsn + random.nextInt(3);
        if (open == null && read < log.size()) {
            long sent = read == 0 ? START : log.get(read - 1).end();
            walEnd = sent + random.nextInt((int) (log.get(read).commit() - sent) + 1);
        } else if (open == null) {
            lsn = walEnd;
        }
        if (open == null && log.subList(0, read).stream().allMatch(transaction -> transaction.unfinished.isEmpty())) {
            allowed.add(walEnd);
        }
        mark.keepalive(walEnd);
    }

    private void check() {
        long before = confirmed;
        confirmed = mark.advance();
        assertThat(confirmed).as("never back").isGreaterThanOrEqualTo(before);
        assertThat(mark.position()).isEqualTo(confirmed);
        assertThat(allowed)
                .as("an end, or a keepalive while nothing was unfinished")
                .contains(confirmed);
        for (Committed transaction : log) {
            if (!transaction.unfinished.isEmpty()) {
                assertThat(confirmed).as("never past what is unfinished").isLessThan(transaction.end());
                return;
            }
        }
    }
}
