package dev.realtime.internal.engine;

import dev.realtime.internal.bus.CatchUpLeg;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The streams on which subscriptions catch up, each read by a thread of its own. Thread-safe. */
final class CatchUps {

    private final EngineParts parts;
    private final Ways ways;
    private final Supplier<String> slot;

    /** By subscription, the last one of each. */
    private final Map<String, CatchUp> bySubscription = new ConcurrentHashMap<>();

    /**
     * @param parts what the engine is made of
     * @param ways leads changes to a leg
     * @param slot the name of the slot on the server
     */
    CatchUps(EngineParts parts, Ways ways, Supplier<String> slot) {
        this.parts = parts;
        this.ways = ways;
        this.slot = slot;
    }

    /** On the thread of a subscription that has left the shared stream and can go on. */
    void begin(CatchUpLeg leg) {
        String name = "realtime-" + parts.capture().slot() + "-" + leg.name() + "-catch-up";
        Questions questions = new Questions(name, parts.stop(), () -> {});
        Forward forward = ways.forward(leg, leg.transactions(), leg.position(), questions);
        CatchUp catchUp = new CatchUp(leg, parts, forward, questions, slot);
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
