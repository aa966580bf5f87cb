package dev.realtime.faultbed.ledger;

import dev.realtime.faultbed.proxy.StatusObserver;
import dev.realtime.faultbed.proxy.StatusUpdate;
import java.util.ArrayList;
import java.util.List;

/**
 * What was confirmed, each time with what had been testified by then. Give it to the proxy as observer: it measures the log
 * before the server learns of the confirmation. Thread-safe.
 */
public final class Confirmations implements StatusObserver {

    private final String slot;
    private final HandledLog log;
    private final List<Confirmation> raised = new ArrayList<>();
    private long highest;
    private long statuses;

    /**
     * A confirmed position.
     *
     * @param flush the position, unsigned
     * @param handledBytes the testimony's length when the confirmation passed
     */
    record Confirmation(long flush, long handledBytes) {}

    /**
     * An empty list.
     *
     * @param slot the slot whose confirmations count; what is confirmed on a copy of it costs nobody anything
     * @param log the testimony that goes with it
     */
    public Confirmations(String slot, HandledLog log) {
        this.slot = slot;
        this.log = log;
    }

    /** Keeps what confirms more than any before: the testimony only grows, so a lower position is then safe as well. */
    @Override
    public synchronized void statusSeen(StatusUpdate update) {
        if (!update.slot().equals(slot)) {
            return;
        }
        statuses++;
        if (Long.compareUnsigned(update.flush(), highest) > 0) {
            highest = update.flush();
            raised.add(new Confirmation(highest, log.length()));
        }
    }

    /**
     * How many status updates were seen, also those that confirmed nothing new.
     *
     * @return a count
     */
    public synchronized long statuses() {
        return statuses;
    }

    /**
     * The highest position confirmed so far.
     *
     * @return an unsigned position, 0 for none
     */
    public synchronized long highest() {
        return highest;
    }

    synchronized List<Confirmation> raised() {
        return List.copyOf(raised);
    }
}
