package dev.realtime.internal.live;

import java.util.ArrayDeque;
import java.util.Queue;

/** The latest state of each entity waits: a place in what the log keeps of them. Guarded by the log. */
final class LatestBacklog implements Backlog {

    /** The subscriber's place when the log was so long. */
    private record Step(long head, long next) {}

    private static final int STEPS = 64;

    private final LiveLog log;
    private final int capacity;
    private long next;
    /** Where it was when: oldest first. Some may be left out, then it seems to have been less far than it was. */
    private final ArrayDeque<Step> steps = new ArrayDeque<>();

    LatestBacklog(LiveLog log, int capacity) {
        this.log = log;
        this.capacity = capacity;
        this.next = log.head();
        steps.add(new Step(next, next));
    }

    @Override
    public int take(Queue<Taken> into, int most) {
        Entries entries = log.latest().entries();
        int index = entries.indexFrom(next);
        int waiting = entries.sizeFrom(index);
        int count = 0;
        if (waiting == 0) {
            if (next < log.head()) {
                into.add(Taken.nothingBehind(log.head() - next));
                next = log.head();
            }
        } else {
            // What went, or is more than may wait, is missed; what lies between there and the next has a newer state.
            long from = Math.max(next, log.latest().completeFrom());
            for (int over = waiting - capacity; over > 0; index++) {
                if (!entries.at(index).isGone()) {
                    from = entries.at(index).place() + 1;
                    over--;
                }
            }
            long missed = from - next;
            next = from;
            for (; index < entries.length() && count < most; index++) {
                Entry entry = entries.at(index);
                if (!entry.isGone()) {
                    into.add(new Taken(missed, entry.change(), entry.place() - next, followed(entry)));
                    missed = 0;
                    next = entry.place() + 1;
                    count++;
                }
            }
        }
        remember();
        return count;
    }

    @Override
    public long queued() {
        Entries entries = log.latest().entries();
        return Math.min(capacity, entries.sizeFrom(entries.indexFrom(next)));
    }

    /** Whether the change that an entry took the place of had been taken before the entry came. */
    private boolean followed(Entry entry) {
        Step step = steps.element();
        while (steps.size() > 1) {
            steps.remove();
            if (steps.element().head() > entry.place()) {
                steps.addFirst(step);
                break;
            }
            step = steps.element();
        }
        return entry.replaced() < 0 || step.head() <= entry.place() && step.next() > entry.replaced();
    }

    private void remember() {
        if (steps.getLast().head() == log.head()) {
            steps.removeLast();
            steps.add(new Step(log.head(), next));
        } else if (steps.size() < STEPS) {
            steps.add(new Step(log.head(), next));
        }
    }
}
