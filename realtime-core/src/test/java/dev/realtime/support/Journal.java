package dev.realtime.support;

import dev.realtime.event.CaptureChanged;
import dev.realtime.event.Gap;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Signal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a stream told, events and signals, in the order in which it came: such as {@code 1}, {@code SLOT_MISSING}. */
public final class Journal {

    private final List<String> entries = new CopyOnWriteArrayList<>();
    private final List<Signal> signals = new CopyOnWriteArrayList<>();

    public void event(RealtimeEvent<?> event) {
        entries.add(String.valueOf(event.id()));
    }

    public void signal(Signal signal) {
        signals.add(signal);
        if (signal instanceof CaptureChanged) {
            return; // found by looking now and then
        }
        entries.add(
                signal instanceof Gap gap
                        ? gap.reason().name()
                        : signal.getClass().getSimpleName());
    }

    /** What was told so far. */
    public List<String> entries() {
        return List.copyOf(entries);
    }

    /** The signals among it of a kind. */
    public <S extends Signal> List<S> signals(Class<S> kind) {
        return signals.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Waits until exactly this was told. */
    public void await(String... expected) {
        Eventually.equal(List.of(expected), this::entries);
    }
}
