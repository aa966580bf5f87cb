package dev.realtime.internal.engine;

import dev.realtime.event.WalRetention;
import dev.realtime.internal.bus.SubscriptionProgress;
import dev.realtime.internal.setup.SlotRetention;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much log the server keeps for the slot. Where it is more than the budget it says so once, until it was less again,
 * and asks the reader to drop the claims behind it where the budget says so. Confined to the thread that looks, where a
 * method does not say otherwise.
 */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final String slot;
    private final RetentionBudget budget;
    private final Supplier<SlotRetention> server;
    private final Supplier<List<SubscriptionProgress>> subscriptions;
    private final Stop stop;

    private volatile @Nullable RetainedWal latest;
    /** Who needs log before this position is detached; 0 where nobody is. Unsigned. */
    private volatile long detachBefore;

    /**
     * What lay behind the budget at the last look, 0 for nothing: who has not come past it by the next is detached, and not
     * who was merely met by a burst. Unsigned.
     */
    private long tooOldBefore;

    /**
     * @param slot the slot
     * @param budget how much may be kept
     * @param server asks the server
     * @param subscriptions how they are doing
     * @param stop where it is wished, nobody loses a claim any more
     */
    Retention(
            String slot,
            RetentionBudget budget,
            Supplier<SlotRetention> server,
            Supplier<List<SubscriptionProgress>> subscriptions,
            Stop stop) {
        this.slot = slot;
        this.budget = budget;
        this.server = server;
        this.subscriptions = subscriptions;
        this.stop = stop;
    }

    /** How often to look. */
    Duration interval() {
        return budget.interval();
    }

    /** Looks, unless a stop is wished. */
    void look() {
        if (!stop.isWished()) {
            judge(server.get());
        }
    }

    private void judge(SlotRetention found) {
        RetainedWal before = latest;
        boolean over = found.bytes() > budget.bytes();
        latest = new RetainedWal(found.bytes(), over, found.walStatus(), found.safeBytes(), Instant.now());
        detachBefore = over && budget.beyond() == WalRetention.DETACH ? tooOldBefore : 0;
        tooOldBefore = over ? Math.max(0, found.end().value() - budget.bytes()) : 0;
        if (over && (before == null || !before.isOverBudget())) {
            LOG.warn(
                    "The server keeps {} bytes of its log for slot {}, more than {} (maxRetainedWal). Behind are: {}.{}",
                    found.bytes(),
                    slot,
                    budget.bytes(),
                    behind(),
                    found.safeBytes() == null ? "" : " It gives the slot up after " + found.safeBytes() + " more");
        } else if (!over && before != null && before.isOverBudget()) {
            LOG.info("The server keeps {} bytes of its log for slot {} again", found.bytes(), slot);
        }
    }

    private String behind() {
        List<String> names = subscriptions.get().stream()
                .filter(each -> each.state() != SubscriptionProgress.State.STREAMING
                        || each.failures() > 0
                        || each.queued() > 0)
                .map(each -> each.name() + " at " + Lsn.of(each.position()) + " (" + each.state() + ")")
                .toList();
        return names.isEmpty() ? "no subscription, so perhaps a transaction that is open" : String.join(", ", names);
    }

    /** Who needs log before this position has lost its claim; 0 where nobody has. Unsigned. Safe to call from any thread. */
    long detachBefore() {
        return detachBefore;
    }

    /** What the last look has found, null before it. Safe to call from any thread. */
    @Nullable
    RetainedWal latest() {
        return latest;
    }
}
