package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.Realtime;
import dev.realtime.RealtimeStatus;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.event.RowEvent;
import dev.realtime.event.TransactionChunk;
import dev.realtime.event.TransactionInfo;
import dev.realtime.faultbed.server.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stream over every entity of the model, and the events it brought, by entity and id in their order. */
final class Watcher implements AutoCloseable {

    private final Realtime realtime;
    private final Map<List<Object>, List<RowEvent<?>>> events = new HashMap<>();

    /**
     * @param fullImages whether the server sends whole old rows
     */
    Watcher(PersistenceUnit unit, List<Class<?>> entities, boolean fullImages) {
        this(unit, entities, fullImages, false);
    }

    /**
     * @param binary whether values come in binary form
     */
    Watcher(PersistenceUnit unit, List<Class<?>> entities, boolean fullImages, boolean binary) {
        Class<?>[] all = entities.toArray(Class<?>[]::new);
        var builder = Realtime.register(all)
                .from(unit.factory())
                .connectingTo(unit.database().url(), PostgresServer.SUPERUSER, () -> null)
                .slot(unit.database().unique("slot"))
                .startTimeout(Duration.ofSeconds(60))
                .subscribeTransactions(
                        each -> each.retrying(Retry.never().thenStop()).each(this::take));
        if (fullImages) {
            builder.fullImages(all);
        }
        if (binary) {
            builder.binary();
        }
        realtime = builder.start();
    }

    private synchronized void take(TransactionChunk chunk) {
        for (RealtimeEvent<?> event : chunk.events()) {
            if (event instanceof RowEvent<?> row) {
                events.computeIfAbsent(List.of(row.model(), row.id()), key -> new ArrayList<>())
                        .add(row);
            }
        }
    }

    /** Waits until everything that was committed before has come. */
    void awaitAll() throws InterruptedException {
        boolean caughtUp = realtime.awaitCaughtUp(Duration.ofSeconds(60));
        Throwable failure = realtime.status().subscriptions().get(0).lastError();
        if (failure != null) {
            throw new AssertionError("an event could not be made", failure);
        }
        assertThat(caughtUp).as("caught up").isTrue();
    }

    RealtimeStatus status() {
        return realtime.status();
    }

    /** The events of one row, those of a transaction together. */
    synchronized List<List<RowEvent<?>>> byTransaction(String entity, Object id) {
        Map<TransactionInfo, List<RowEvent<?>>> found = new LinkedHashMap<>();
        for (RowEvent<?> event : events.getOrDefault(List.of(entity, id), List.of())) {
            found.computeIfAbsent(event.transaction(), each -> new ArrayList<>())
                    .add(event);
        }
        return List.copyOf(found.values());
    }

    @Override
    public void close() {
        realtime.close();
    }
}
