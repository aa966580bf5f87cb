package dev.realtime.internal.engine;

import dev.realtime.error.GapException;
import dev.realtime.event.Gap;
import dev.realtime.event.Gap.Reason;
import dev.realtime.internal.bus.Bus;
import dev.realtime.wal.Lsn;
import java.util.List;

/**
 * Drops the claims of subscriptions for which the server keeps more log than it may, each after its gap was told: from
 * then on the server may forget. Confined to the reader thread.
 */
final class Claims {

    private final String slot;
    private final Bus bus;
    private final Questions questions;
    private final Signals signals;
    private final ServerWatch watch;

    Claims(EngineParts parts) {
        this.slot = parts.capture().slot();
        this.bus = parts.bus();
        this.questions = parts.questions();
        this.signals = parts.signals();
        this.watch = parts.watch();
    }

    /** Whose claim is too large loses it now. */
    void dropBeyondBudget() {
        long position = watch.detachBefore();
        if (position != 0) {
            bus.heldBefore(position).forEach((name, reached) -> drop(name, Lsn.of(reached)));
        }
    }

    private void drop(String name, Lsn position) {
        String words =
                "Subscription " + name + " of slot " + slot + " has handled everything that was committed before "
                        + position
                        + ", and the server kept more of its log for it than it may (maxRetainedWal): its claim is dropped, and"
                        + " what was committed behind that is lost to it. Bring what depends on it up to date by other means."
                        + " After a restart a subscription without a stored position goes on behind the gap.";
        questions.ask(() -> {
            signals.tell(new Gap(Reason.CLAIM_DROPPED, slot, name, position, null, words, List.of()));
            return name;
        });
        bus.detach(name, new GapException(words));
    }
}
