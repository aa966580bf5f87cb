package dev.realtime.support;

import dev.realtime.event.EventHandler;
import dev.realtime.event.Insert;
import dev.realtime.event.RealtimeEvent;

/** A handler that counts the ledger's rows and ends the process where one is not the next. */
final class InOrder implements EventHandler<RealtimeEvent<LedgerRow>> {

    private final String name;
    private volatile long count;

    InOrder(String name) {
        this.name = name;
    }

    @Override
    public void handle(RealtimeEvent<LedgerRow> event) {
        long next = count;
        boolean isNext = event instanceof Insert<LedgerRow> insert
                && insert.id().equals(next)
                && ("row " + next).equals(insert.after().body);
        if (!isNext) {
            System.out.println(name + " expected row " + next + ", got " + event);
            Runtime.getRuntime().halt(2);
        }
        count = next + 1; // one writer: the subscription's thread
    }

    long count() {
        return count;
    }
}
