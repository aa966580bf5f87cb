package dev.realtime.internal.live;

import java.util.ArrayDeque;
import java.util.NavigableMap;
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
        NavigableMap<Long, Latest.Entry> waiting = waiting();
        int count = 0;
        if (waiting.isEmpty()) {
            if (next < log.head()) {
                into.add(Taken.nothingBehind(log.head() - next));
                next = log.head();
            }
        } else {
            long missed = 0;
            if (isOverrun(waiting)) {
                long from = overrunTo(waiting);
                missed = from - next;
                next = from;
            }
            for (Latest.Entry entry : waiting.values()) {
                if (count == most) {
                    break;
                }
                into.add(new Taken(missed, entry.change, entry.place - next, followed(entry)));
                missed = 0;
                next = entry.place + 1;
                count++;
            }
        }
        remember();
        return count;
    }

    @Override
    public long queued() {
        return waiting().size();
    }

    /** No more than it may have, the newest. */
    private NavigableMap<Long, Latest.Entry> waiting() {
        NavigableMap<Long, Latest.Entry> all = log.latest().from(next);
        int over = log.latest().size() <= capacity ? 0 : all.size() - capacity;
        for (Long place : all.keySet()) {
            if (over-- <= 0) {
                return all.tailMap(place, true);
            }
        }
        return all;
    }

    /** Whether something is missing before the first of them that no newer state makes good. */
    private boolean isOverrun(NavigableMap<Long, Latest.Entry> waiting) {
        return next < log.latest().completeFrom() || log.latest().from(next).firstKey() < waiting.firstKey();
    }

    /** Behind the last change that is missing; what lies between there and the first that waits has a newer state. */
    private long overrunTo(NavigableMap<Long, Latest.Entry> waiting) {
        Long left = log.latest().from(next).lowerKey(waiting.firstKey());
        return Math.max(log.latest().completeFrom(), left == null ? next : left + 1);
    }

    /** Whether the change that an entry took the place of had been taken before the entry came. */
    private boolean followed(Latest.Entry entry) {
        Step step = steps.element();
        while (steps.size() > 1) {
            steps.remove();
            if (steps.element().head() > entry.place) {
                steps.addFirst(step);
                break;
            }
            step = steps.element();
        }
        return entry.replaced < 0 || step.head() <= entry.place && step.next() > entry.replaced;
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
