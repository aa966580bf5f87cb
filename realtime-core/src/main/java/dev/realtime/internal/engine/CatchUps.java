package dev.realtime.internal.engine;

import dev.realtime.internal.ack.Succession;
import dev.realtime.internal.bus.Bus;
import dev.realtime.internal.bus.CatchUpLeg;
import dev.realtime.internal.replication.ReplicationSession;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The streams on which subscriptions catch up, each read by a thread of its own. Thread-safe. */
final class CatchUps {

    private final Capture capture;
    private final Supplier<ReplicationSession> sessions;
    private final Ways ways;
    private final Succession shared;
    private final Stop stop;
    private final Positions positions;
    private final Supplier<String> slot;

    /** By subscription, the last one of each. */
    private final Map<String, CatchUp> bySubscription = new ConcurrentHashMap<>();

    /**
     * @param capture what the application wants to see
     * @param sessions opens replication sessions
     * @param ways leads changes to a leg
     * @param shared the transactions of the shared stream
     * @param stop the wish to stop
     * @param positions where the shared stream goes on behind a gap
     * @param slot the name of the slot on the server
     */
    CatchUps(
            Capture capture,
            Supplier<ReplicationSession> sessions,
            Ways ways,
            Succession shared,
            Stop stop,
            Positions positions,
            Supplier<String> slot) {
        this.capture = capture;
        this.sessions = sessions;
        this.ways = ways;
        this.shared = shared;
        this.stop = stop;
        this.positions = positions;
        this.slot = slot;
    }

    /** On the thread of a subscription that has left the shared stream and can go on. */
    void begin(CatchUpLeg leg, Bus bus) {
        String name = "realtime-" + capture.slot() + "-" + leg.name() + "-catch-up";
        Questions questions = new Questions(name, stop, () -> {});
        Forward forward = ways.forward(leg, leg.transactions(), leg.position(), questions);
        CatchUp catchUp = new CatchUp(leg, capture, sessions, forward, shared, bus, stop, questions, positions, slot);
        bySubscription.put(leg.name(), catchUp);
        Thread thread = new Thread(catchUp, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Cuts their connections. */
    void abort() {
        bySubscription.values().forEach(CatchUp::abort);
    }
}
