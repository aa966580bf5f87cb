package dev.realtime.internal.engine;

import dev.realtime.event.CaptureChanged;
import dev.realtime.internal.setup.Captured;
import dev.realtime.internal.setup.Database;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every ten seconds whether the publication still sends what it sent, of whose change PostgreSQL tells nobody, and
 * whether the slot would outlive the server, where it is to. Runs on a
 * thread of its own.
 */
final class ServerWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
    private static final long LAST_LOOK_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final String slot;
    private final Database database;
    private final Signals signals;
    /** Confined to who starts and ends it. */
    private @Nullable Thread thread;

    private @Nullable Captured last;
    private final boolean failover;
    private volatile @Nullable List<String> failoverMissing;
    private final CountDownLatch end = new CountDownLatch(1);

    /**
     * @param slot names the stream
     * @param failover whether standbys are to keep the slot
     * @param database is looked at
     * @param signals told of a change
     */
    ServerWatch(String slot, boolean failover, Database database, Signals signals) {
        this.slot = slot;
        this.failover = failover;
        this.database = database;
        this.signals = signals;
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
        try {
            if (failover) {
                look();
            }
            while (!end.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            seen(database.captured());
            if (failover) {
                failoverMissing = database.failoverMissing();
            }
        } catch (RuntimeException e) {
            // It is looked at again; a server that is away is the reader's affair.
            LOG.debug("What slot {} captures could not be looked at", slot, e);
        }
    }

    /** What the publication captures now was found out. Safe to call from any thread. */
    synchronized void seen(Captured now) {
        Captured before = last;
        if (before != null && now.at().isBefore(before.at())) {
            return;
        }
        last = now;
        if (before != null && !now.tables().equals(before.tables())) {
            tell(before, now);
        }
    }

    private void tell(Captured before, Captured now) {
        Set<String> tables = new TreeSet<>(before.tables().keySet());
        tables.addAll(now.tables().keySet());
        tables.removeIf(
                table -> Objects.equals(before.tables().get(table), now.tables().get(table)));
        LOG.warn(
                "Slot {}: the publication sends other changes of {} since some position between {} and {}",
                slot,
                tables,
                before.at(),
                now.at());
        signals.tellLater(new CaptureChanged(slot, tables, before.at(), now.at()));
    }
}
