package dev.realtime.internal.engine;

import dev.realtime.error.GapException;
import dev.realtime.event.Gap;
import dev.realtime.event.Gap.Reason;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.bus.SubscriptionProgress;
import dev.realtime.wal.Lsn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gaps of single subscriptions: each is told, its subscription stops where no policy passes it, and the others go on.
 * Confined to the reader thread.
 */
final class SubscriptionGaps {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionGaps.class);

    private final String slot;
    private final Bus bus;
    private final Questions questions;
    private final Signals signals;
    private final Gaps gaps;
    /** Of subscriptions that stand still already. */
    private final Deque<Gap> untold = new ArrayDeque<>();
    /** Those that stopped at a gap that their handler found. */
    private final Set<String> stopped = new HashSet<>();

    SubscriptionGaps(EngineParts parts, Gaps gaps) {
        this.slot = parts.capture().slot();
        this.bus = parts.bus();
        this.questions = parts.questions();
        this.signals = parts.signals();
        this.gaps = gaps;
    }

    /** Tells what was found of a subscription where a stream begins; false where it stops with that. */
    boolean passes(Verdict verdict, String name) {
        boolean resumable = verdict instanceof Verdict.Gap;
        String words = "Subscription " + name + " of slot " + slot + ": " + Lineage.inWords(verdict)
                + (resumable ? ". Where it is resumed, it goes on behind the gap" : "");
        Gap gap = Lineage.gap(slot, verdict, Reason.SUBSCRIPTION_AWAY, words).of(name);
        tell(gap);
        if (gaps.passes(gap.reason())) {
            return true;
        }
        bus.refuse(name, new GapException(words), resumable);
        return false;
    }

    /** The stored position of a subscription is lost under the stream: it stops, and is told of. */
    void lost(String name, Verdict verdict) {
        String words = "Subscription " + name + " of slot " + slot + ": " + Lineage.inWords(verdict);
        bus.refuse(name, new GapException(words), false); // before it is told: nothing of it comes behind that
        untold.add(Lineage.gap(slot, verdict, Reason.SUBSCRIPTION_AWAY, words).of(name));
    }

    /** Tells what was found under the stream. */
    void tellFound(Set<String> storing) {
        Set<String> refused = Set.copyOf(bus.refused());
        for (SubscriptionProgress progress : bus.progress()) {
            String name = progress.name();
            if (progress.state() != SubscriptionProgress.State.STOPPED) {
                stopped.remove(name);
            } else if (progress.lastError() instanceof GapException gap
                    && storing.contains(name)
                    && !refused.contains(name)
                    && stopped.add(name)) {
                String words = String.valueOf(gap.getMessage());
                Lsn from = Lsn.of(progress.position());
                untold.add(new Gap(Reason.POSITION_LOST, slot, name, from, null, words, List.of()));
            }
        }
        Gap next;
        while ((next = untold.peek()) != null) {
            tell(next);
            untold.remove();
        }
    }

    private void tell(Gap gap) {
        LOG.warn("Slot {}, gap {}: {}", gap.slot(), gap.reason(), gap.description());
        questions.ask(() -> {
            signals.tell(gap);
            return gap;
        });
    }
}
