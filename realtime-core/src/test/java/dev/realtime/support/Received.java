package dev.realtime.support;

import dev.realtime.event.EventHandler;
import dev.realtime.event.RealtimeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A handler that keeps what it gets, for a test to wait on. */
public final class Received<T> implements EventHandler<RealtimeEvent<T>> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LinkedBlockingQueue<RealtimeEvent<T>> events = new LinkedBlockingQueue<>();

    @Override
    public void handle(RealtimeEvent<T> event) {
        events.add(event);
    }

    /** The next event, waiting for it. */
    public RealtimeEvent<T> next() {
        try {
            RealtimeEvent<T> event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new AssertionError("No event came within " + PATIENCE.toSeconds() + " s");
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while waiting for an event", e);
        }
    }

    /** The next event, which must be of a kind. */
    public <E> E next(Class<? super E> kind) {
        RealtimeEvent<T> event = next();
        if (!kind.isInstance(event)) {
            throw new AssertionError("Expected " + kind.getSimpleName() + ", got " + event);
        }
        @SuppressWarnings("unchecked") // its type argument is the entity's
        E typed = (E) event;
        return typed;
    }

    /** The next events. */
    public List<RealtimeEvent<T>> next(int count) {
        List<RealtimeEvent<T>> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(next());
        }
        return list;
    }

    /** How many events came and were not taken. */
    public int waiting() {
        return events.size();
    }
}
