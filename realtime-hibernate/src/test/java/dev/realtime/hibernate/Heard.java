package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.event.RowEvent;
import dev.realtime.event.TransactionChunk;
import dev.realtime.faultbed.server.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A stream over some entities, and the events it brought, in their order. */
final class Heard implements AutoCloseable {

    private final Realtime realtime;
    private final List<RealtimeEvent<?>> events = new ArrayList<>();

    Heard(PersistenceUnit unit, Class<?>... entities) throws Exception {
        this(unit, builder -> builder, entities);
    }

    Heard(PersistenceUnit unit, UnaryOperator<RealtimeBuilder> more, Class<?>... entities) throws Exception {
        String slot = unit.database().unique("slot");
        realtime = more.apply(builder(unit, slot, entities))
                .slot(slot)
                .subscribeTransactions(
                        each -> each.retrying(Retry.never().thenStop()).each(this::take))
                .start();
    }

    /** A publication of its own. */
    static RealtimeBuilder builder(PersistenceUnit unit, String publication, Class<?>... entities) {
        return Realtime.register(entities)
                .from(unit.factory())
                .connectingTo(unit.database().url(), PostgresServer.SUPERUSER, () -> null)
                .publication(publication)
                .startTimeout(Duration.ofSeconds(60));
    }

    private synchronized void take(TransactionChunk chunk) {
        events.addAll(chunk.events());
    }

    /** The events of everything that was committed before, but for those that were asked for already. */
    List<RealtimeEvent<?>> all() throws InterruptedException {
        boolean caughtUp = realtime.awaitCaughtUp(Duration.ofSeconds(60));
        Throwable failure = failure();
        if (failure != null) {
            throw new AssertionError("an event could not be made", failure);
        }
        assertThat(caughtUp).as("caught up").isTrue();
        synchronized (this) {
            List<RealtimeEvent<?>> heard = List.copyOf(events);
            events.clear();
            return heard;
        }
    }

    /** The only event of what was committed before. */
    @SuppressWarnings("unchecked")
    <E extends RealtimeEvent<?>> E only() throws InterruptedException {
        List<RealtimeEvent<?>> all = all();
        assertThat(all).hasSize(1);
        return (E) all.get(0);
    }

    /** The error at which the stream's handler has stopped. */
    Throwable failure() {
        return realtime.status().subscriptions().get(0).lastError();
    }

    /** The same, once there is one. */
    Throwable awaitFailure() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (failure() == null) {
            assertThat(System.nanoTime()).as("a failure in time").isLessThan(deadline);
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
        return failure();
    }

    Realtime realtime() {
        return realtime;
    }

    /** Each event as its kind, its class and its id. */
    static List<String> words(List<RealtimeEvent<?>> events) {
        return events.stream()
                .map(event -> event.action() + " " + event.entityType().getSimpleName()
                        + (event instanceof RowEvent<?> row ? " " + row.id() : ""))
                .toList();
    }

    @Override
    public void close() {
        realtime.close();
    }
}
