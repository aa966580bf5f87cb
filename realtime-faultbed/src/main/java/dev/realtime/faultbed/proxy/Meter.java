package dev.realtime.faultbed.proxy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Counts what passes on all connections, and tells the observers. Thread-safe. */
final class Meter {

    private static final char COPY_DATA = 'd';

    private final List<StatusObserver> observers = new CopyOnWriteArrayList<>();
    private final LongAdder connections = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder walMessages = new LongAdder();
    private final LongAdder keepalives = new LongAdder();
    private final LongAdder statusUpdates = new LongAdder();

    void observe(StatusObserver observer) {
        observers.add(observer);
    }

    void connected() {
        connections.increment();
    }

    static boolean isWal(char tag, ByteBuffer head) {
        return tag == COPY_DATA && head.hasRemaining() && head.get(head.position()) == 'w';
    }

    void sentByClient(char tag, ByteBuffer head, boolean replication, String slot) {
        messages.increment();
        if (replication
                && tag == COPY_DATA
                && head.remaining() == StatusUpdate.LENGTH
                && head.get(head.position()) == 'r') {
            statusUpdates.increment();
            StatusUpdate update = StatusUpdate.parse(slot, head);
            observers.forEach(observer -> observer.statusSeen(update));
        }
    }

    void sentByServer(char tag, ByteBuffer head, boolean replication) {
        messages.increment();
        if (replication && isWal(tag, head)) {
            walMessages.increment();
        } else if (replication && tag == COPY_DATA && head.hasRemaining() && head.get(head.position()) == 'k') {
            keepalives.increment();
        }
    }

    Traffic traffic() {
        return new Traffic(connections.sum(), messages.sum(), walMessages.sum(), keepalives.sum(), statusUpdates.sum());
    }
}
