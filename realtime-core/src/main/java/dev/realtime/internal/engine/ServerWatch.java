package dev.realtime.internal.engine;

import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.setup.Captured;
import dev.realtime.internal.setup.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the server again and again, on a thread of its own: whether the publication still sends what it sent, how much
 * log is kept for the slot, and whether the slot would outlive the server, where that is asked for. Thread-safe where a
 * method does not say otherwise.
 */
final class ServerWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
    private static final long LAST_LOOK_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final String slot;
    private final boolean failover;
    private final Database database;
    private final CaptureWatch captures;
    private final @Nullable Retention retention;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable List<String> failoverMissing;

    /** Confined to who starts and ends it. */
    private @Nullable Thread thread;

    /** What is looked at again and again. Confined to the thread. */
    private static final class Look {

        private final String what;
        private final Runnable action;
        private final long intervalNanos;
        private long dueNanos;

        Look(String what, Runnable action, Duration interval, Duration first) {
            this.what = what;
            this.action = action;
            this.intervalNanos = interval.toNanos();
            this.dueNanos = System.nanoTime() + first.toNanos();
        }

        long nanosLeft() {
            return dueNanos - System.nanoTime();
        }
    }

    /**
     * @param capture what is streamed
     * @param budget how much log may be kept; null where that is not looked at
     * @param database is looked at
     * @param bus the subscriptions
     * @param stop the wish to stop
     * @param signals told of a change
     */
    ServerWatch(
            Capture capture, @Nullable RetentionBudget budget, Database database, Bus bus, Stop stop, Signals signals) {
        this.slot = capture.slot();
        this.failover = capture.keepsOnStandbys();
        this.database = database;
        this.captures = new CaptureWatch(slot, signals);
        this.retention = budget == null
                ? null
                : new Retention(slot, budget, () -> database.retention(slot), bus::progress, stop);
    }

    /** What the publication captures now was found out. */
    void seen(Captured now) {
        captures.seen(now);
    }

    /** How much log the server kept for the slot; null where that is not looked at or not known yet. */
    @Nullable
    RetainedWal retained() {
        return retention == null ? null : retention.latest();
    }

    /** Who needs log before this position has lost its claim; 0 where nobody has. Unsigned. */
    long detachBefore() {
        return retention == null ? 0 : retention.detachBefore();
    }

    /** What the server lacked for the slot to outlive it; null where that does not matter or is not known yet. */
    @Nullable
    List<String> failoverMissing() {
        return failoverMissing;
    }

    void start() {
        Thread looking = new Thread(this, "realtime-" + slot + "-watch");
        looking.setDaemon(true);
        looking.start();
        thread = looking;
    }

    /** No look is begun any more, and one that is under way is waited for. To be called by who called {@link #start}. */
    void end() {
        end.countDown();
        Thread looking = thread;
        if (looking != null) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(looking, LAST_LOOK_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void run() {
        List<Look> looks = looks();
        try {
            while (!end.await(nanosToNext(looks), TimeUnit.NANOSECONDS)) {
                for (Look look : looks) {
                    if (look.nanosLeft() <= 0 && end.getCount() > 0) {
                        take(look);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Look> looks() {
        List<Look> looks = new ArrayList<>();
        Retention log = retention;
        if (log != null) {
            looks.add(new Look("The log that is kept", log::look, log.interval(), Duration.ZERO));
        }
        if (failover) {
            Runnable look = () -> failoverMissing = database.failoverMissing();
            looks.add(new Look("Whether standbys are ready", look, INTERVAL, Duration.ZERO));
        }
        looks.add(new Look("What the publication sends", () -> seen(database.captured()), INTERVAL, INTERVAL));
        return looks;
    }

    private static long nanosToNext(List<Look> looks) {
        return looks.stream().mapToLong(Look::nanosLeft).min().orElse(Long.MAX_VALUE);
    }

    private void take(Look look) {
        try {
            look.action.run();
        } catch (RuntimeException e) {
            // It is looked at again; a server that is away is the reader's affair.
            LOG.debug("{} for slot {} could not be found out", look.what, slot, e);
        }
        look.dueNanos = System.nanoTime() + look.intervalNanos;
    }
}
