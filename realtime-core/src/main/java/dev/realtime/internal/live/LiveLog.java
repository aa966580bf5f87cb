package dev.realtime.internal.live;

import dev.realtime.error.LaggedException;
import dev.realtime.event.LiveCounts;
import dev.realtime.event.Overflow;
import dev.realtime.internal.binding.BoundChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one entity, for all its live subscribers: each has a place, counted from the first that came. It keeps as
 * many as the most demanding subscriber may have wait, and no more than its part of the memory. Thread-safe; what a backlog
 * reads of it is guarded by it.
 */
final class LiveLog {

    private final String entity;
    private final Memory memory;
    private final Recent recent = new Recent();
    private final Latest latest = new Latest();
    private final Set<LiveFlow<?>> flows = new LinkedHashSet<>();
    private final List<LiveFlow<?>> waiting = new ArrayList<>();
    /** Those that keep changes themselves, and have room. */
    private final Set<OldestBacklog> keeping = new LinkedHashSet<>();
    /** Those that go where they miss something. */
    private final List<LiveFlow<?>> strict = new ArrayList<>();

    private long head;
    private int mostRecent;
    private int mostLatest;
    private LiveCounts past = LiveCounts.NONE;
    private volatile @Nullable LiveEnd end;
    /** How many subscribers there are; read by the reader of the stream for each change. */
    private volatile int watchers;

    LiveLog(String entity, Memory memory) {
        this.entity = entity;
        this.memory = memory;
    }

    String entity() {
        return entity;
    }

    boolean isWatched() {
        return watchers > 0;
    }

    // What backlogs read

    long head() {
        return head;
    }

    Recent recent() {
        return recent;
    }

    Latest latest() {
        return latest;
    }

    /** It has room again. */
    void keepFor(OldestBacklog backlog) {
        keeping.add(backlog);
    }

    // The side of the subscribers

    /** From now on everything that comes is for it too. */
    synchronized void join(LiveFlow<?> flow, Overflow overflow) {
        flow.begin(backlog(overflow), head);
        if (end == null) {
            if (flows.isEmpty()) {
                memory.logInUse();
            }
            flows.add(flow);
            settle();
        }
    }

    private Backlog backlog(Overflow overflow) {
        return switch (overflow.policy()) {
            case DROP_OLDEST -> new NewestBacklog(this, overflow.capacity(), false);
            case DISCONNECT -> new NewestBacklog(this, overflow.capacity(), true);
            case DROP_NEWEST -> new OldestBacklog(this, overflow.capacity(), memory);
            case COALESCE_BY_ID -> new LatestBacklog(this, overflow.capacity());
        };
    }

    /** It gets nothing any more. May be called again. */
    synchronized void leave(LiveFlow<?> flow) {
        if (!flow.isGone()) {
            flow.go(head);
            if (flows.remove(flow)) {
                past = past.plus(flow.counts());
                if (flows.isEmpty()) {
                    memory.logOutOfUse();
                }
                settle();
            }
        }
    }

    /** What the subscribers there are need to be kept. */
    private void settle() {
        watchers = flows.size();
        mostRecent = 0;
        mostLatest = 0;
        keeping.clear();
        strict.clear();
        for (LiveFlow<?> flow : flows) {
            int capacity = flow.overflow().capacity();
            Overflow.Policy policy = flow.overflow().policy();
            switch (policy) {
                case DROP_OLDEST, DISCONNECT -> mostRecent = Math.max(mostRecent, capacity);
                case COALESCE_BY_ID -> mostLatest = Math.max(mostLatest, capacity);
                case DROP_NEWEST -> keeping.add((OldestBacklog) flow.backlog());
            }
            if (policy == Overflow.Policy.DISCONNECT) {
                strict.add(flow);
            }
        }
        trim();
    }

    /** Moves what waits to the subscriber; where nothing does, it is woken when something comes. */
    synchronized void take(LiveFlow<?> flow, Queue<Taken> into, int most) {
        if (!flow.isGone()) {
            flow.took(flow.backlog().take(into, most));
            if (into.isEmpty() && end == null) {
                waiting.add(flow);
            }
        }
    }

    /** Why and when everything ended; null while it goes on. */
    @Nullable
    LiveEnd end() {
        return end;
    }

    /** How many subscribers there are, and what became of everything that was published to any. */
    synchronized LiveProgress progress() {
        LiveCounts sum = past;
        for (LiveFlow<?> flow : flows) {
            sum = sum.plus(flow.counts());
        }
        return new LiveProgress(entity, flows.size(), sum);
    }

    // The side of the stream

    /** Changes have come, behind others that were lost on the way. */
    void append(long lost, List<BoundChange<?>> changes) {
        List<LiveFlow<?>> woken = new ArrayList<>();
        synchronized (this) {
            if (lost > 0) {
                skip(lost);
            }
            for (BoundChange<?> change : changes) {
                append(change);
            }
            keeping.removeIf(backlog -> !backlog.came(changes));
            for (LiveFlow<?> flow : strict) {
                if (flow.backlog().isBroken()) {
                    flow.fail(tooSlow(flow));
                    woken.add(flow);
                }
            }
            trim();
            woken.addAll(waiting);
            waiting.clear();
        }
        woken.forEach(LiveFlow::wake);
    }

    private void skip(long lost) {
        head += lost;
        recent.restartAt(head);
        latest.restartAt(head);
    }

    private void append(BoundChange<?> change) {
        if (mostRecent > 0) {
            recent.add(change);
        }
        if (mostLatest > 0) {
            latest.add(head, change);
        }
        head++;
    }

    private void trim() {
        long mostBytes = memory.ofHalfLog();
        if (mostRecent == 0) {
            recent.restartAt(head);
        }
        while (recent.size() > mostRecent || recent.size() > 1 && recent.bytes() > mostBytes) {
            recent.dropOldest();
        }
        if (mostLatest == 0) {
            latest.restartAt(head);
        }
        Entries entries = latest.entries();
        while (entries.size() > mostLatest || entries.size() > 1 && entries.bytes() > mostBytes) {
            latest.dropOldest();
        }
    }

    private LaggedException tooSlow(LiveFlow<?> flow) {
        LiveCounts counts = flow.counts();
        long missed = counts.dropped() + counts.queued();
        return new LaggedException(
                "A live subscription to " + entity + " was ended, as its policy " + flow.overflow() + " says: "
                        + missed + " changes were not delivered, the last of them " + last()
                        + ". Ask the database for the state of now and subscribe again.",
                missed);
    }

    private String last() {
        return recent.size() == 0 ? "unknown" : recent.get(head - 1).describe();
    }

    /** Nothing more will come; the first end counts. */
    void end(@Nullable Throwable error) {
        List<LiveFlow<?>> all;
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = new LiveEnd(error, System.nanoTime());
            waiting.clear();
            all = List.copyOf(flows);
        }
        all.forEach(LiveFlow::wake);
    }
}
