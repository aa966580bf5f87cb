package dev.realtime.internal.live;

import java.util.Queue;

/** The newest changes wait: a place in the log, and never more than so many behind it. Guarded by the log. */
final class NewestBacklog implements Backlog {

    private final LiveLog log;
    private final int capacity;
    private final boolean breaks;
    private long next;

    /**
     * @param breaks whether the subscriber goes where something is missing
     */
    NewestBacklog(LiveLog log, int capacity, boolean breaks) {
        this.log = log;
        this.capacity = capacity;
        this.breaks = breaks;
        this.next = log.head();
    }

    @Override
    public int take(Queue<Taken> into, int most) {
        long from = oldest();
        long missed = from - next;
        next = Math.min(log.head(), from + most);
        if (missed > 0 && from == next) {
            into.add(Taken.nothingBehind(missed));
        }
        for (long place = from; place < next; place++) {
            into.add(new Taken(place == from ? missed : 0, log.recent().get(place), 0, true));
        }
        return (int) (next - from);
    }

    @Override
    public long queued() {
        return log.head() - oldest();
    }

    private long oldest() {
        return Math.max(next, Math.max(log.recent().first(), log.head() - capacity));
    }

    @Override
    public boolean isBroken() {
        return breaks && oldest() > next;
    }
}
