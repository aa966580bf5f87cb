package dev.realtime.internal.live;

import dev.realtime.event.LiveItem;
import dev.realtime.event.LiveSubscription;
import dev.realtime.event.Overflow;
import dev.realtime.internal.binding.BoundChange;
import dev.realtime.support.Eventually;
import dev.realtime.support.Probe;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Live streams of pages, fed by hand as the reader would. */
final class Streams implements AutoCloseable {

    private final LiveStreams streams;
    private @Nullable LiveSubscription witness;

    Streams() {
        this(new Memory());
    }

    Streams(Memory memory) {
        streams = new LiveStreams("test", Map.of(Page.class, "Page"), memory);
    }

    Probe<Page> subscribe(Overflow overflow) {
        Probe<Page> probe = new Probe<>();
        streams.<Page>publisher(0, overflow).subscribe(probe);
        return probe;
    }

    LiveStreams all() {
        return streams;
    }

    /** Publishes as one batch, and waits until it has come to the log. */
    void publish(BoundChange<?>... changes) {
        long before = published();
        leave(changes);
        Eventually.equal(before + changes.length, this::published);
    }

    /** Publishes as one batch. */
    void leave(BoundChange<?>... changes) {
        for (BoundChange<?> change : changes) {
            streams.row(change);
        }
        streams.flush();
    }

    /** Of one more subscriber than there are: so it is known where the log is. */
    private long published() {
        LiveSubscription witness = witness();
        return witness.counts().published();
    }

    private LiveSubscription witness() {
        LiveSubscription known = witness;
        if (known == null) {
            known = streams.handle(0, Overflow.dropOldest(1), (LiveItem<Page> item) -> {});
            witness = known;
        }
        return known;
    }

    @Override
    public void close() {
        streams.end(null);
    }
}
