package dev.realtime.internal.engine;

import dev.realtime.event.CaptureChanged;
import dev.realtime.internal.setup.Captured;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices that the publication sends something else than before, of which PostgreSQL tells nobody. Thread-safe. */
final class CaptureWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureWatch.class);

    private final String slot;
    private final Signals signals;
    private @Nullable Captured last;

    /**
     * @param slot names the stream
     * @param signals told of a change
     */
    CaptureWatch(String slot, Signals signals) {
        this.slot = slot;
        this.signals = signals;
    }

    /** What the publication captures now was found out. */
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
