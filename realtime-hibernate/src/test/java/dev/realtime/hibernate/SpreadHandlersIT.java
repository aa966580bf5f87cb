package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.event.RowEvent;
import dev.realtime.hibernate.model.Inherited;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handlers of every kind get each change of an entity that is spread over several tables, once and in its order. */
class SpreadHandlersIT {

    private static final int ENTITIES = 20;

    private final CountDownLatch never = new CountDownLatch(1);
    private final List<String> oneByOne = new CopyOnWriteArrayList<>();
    private final List<String> batched = new CopyOnWriteArrayList<>();
    private final Map<Object, List<String>> inLanes = new ConcurrentHashMap<>();

    private static String words(RowEvent<?> event) {
        return event.action() + " " + event.entityType().getSimpleName() + " " + event.id() + " " + event.eventId()
                + " " + event.unavailable();
    }

    private RealtimeBuilder stream(PersistenceUnit unit, String slot) {
        return Heard.builder(unit, slot, Inherited.Party.class)
                .slot(slot)
                .stopTimeout(Duration.ofMillis(300))
                .subscribe(Inherited.Party.class, s -> s.named("stuck").each(event -> never.await()))
                .subscribe(
                        Inherited.Party.class,
                        s -> s.named("stored")
                                .transactional(
                                        unit.factory(),
                                        (event, manager) -> manager.createNativeQuery("INSERT INTO effect VALUES (?1)")
                                                .setParameter(1, event.eventId())
                                                .executeUpdate()))
                .subscribe(
                        Inherited.Party.class,
                        s -> s.named("each").each(event -> oneByOne.add(words((RowEvent<?>) event))))
                .subscribe(
                        Inherited.Party.class,
                        s -> s.named("batch")
                                .batching(7, Duration.ofMillis(20))
                                .eachBatch(events -> events.forEach(event -> batched.add(words((RowEvent<?>) event)))))
                .subscribe(
                        Inherited.Party.class,
                        s -> s.named("lanes")
                                .lanes(3)
                                .each(event -> inLanes.computeIfAbsent(
                                                ((RowEvent<?>) event).id(), id -> new CopyOnWriteArrayList<>())
                                        .add(words((RowEvent<?>) event))));
    }

    private static void write(PersistenceUnit unit) {
        unit.inTransaction(session -> {
            for (int id = 0; id < ENTITIES; id++) {
                session.persist(id % 2 == 0 ? new Inherited.Human(id, "a", id) : new Inherited.Company(id, "a", "b"));
            }
        });
        unit.inTransaction(session -> {
            for (int id = 0; id < ENTITIES; id += 2) {
                Inherited.Human human = session.find(Inherited.Human.class, id);
                human.name = "b";
                session.flush();
                human.age++;
                session.flush();
                human.name = "c";
                session.flush();
            }
        });
        unit.inTransaction(session -> {
            for (int id = 0; id < ENTITIES; id++) {
                session.remove(session.find(Inherited.Party.class, id));
            }
        });
    }

    @Test
    void handlersOfEveryKindGetEachChangeOnceAndInOrder() throws Exception {
        try (PersistenceUnit unit =
                new PersistenceUnit(Inherited.Party.class, Inherited.Human.class, Inherited.Company.class)) {
            unit.database().execute("CREATE TABLE effect (id text)");
            String slot = unit.database().unique("slot");
            int events = ENTITIES + 2 * ENTITIES / 2 + ENTITIES;
            Realtime first = stream(unit, slot).start();
            write(unit);
            await(unit, events, first);
            first.close();
            List<String> before = List.copyOf(oneByOne);

            assertThat(before).hasSize(events).doesNotHaveDuplicates();
            assertThat(batched).isEqualTo(before);
            List<String> sorted = new ArrayList<>();
            inLanes.values().forEach(sorted::addAll);
            assertThat(sorted).containsExactlyInAnyOrderElementsOf(before);
            inLanes.forEach((id, words) -> assertThat(words)
                    .isEqualTo(before.stream()
                            .filter(word -> word.split(" ")[2].equals(String.valueOf(id)))
                            .toList()));

            Realtime second = stream(unit, slot).start();
            unit.inTransaction(session -> session.persist(new Inherited.Human(ENTITIES, "last", 1)));
            awaitEffects(unit, events + 1, second);
            second.close();
            assertThat(unit.database().value("SELECT count(DISTINCT id) FROM effect"))
                    .isEqualTo(String.valueOf(events + 1));
        }
    }

    private static void awaitEffects(PersistenceUnit unit, int events, Realtime realtime) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!unit.database().value("SELECT count(*) FROM effect").equals(String.valueOf(events))) {
            assertThat(System.nanoTime())
                    .as("effects in time: %s", realtime.status().subscriptions())
                    .isLessThan(deadline);
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }

    /** What is not stuck has handled everything. */
    private void await(PersistenceUnit unit, int events, Realtime realtime) throws Exception {
        awaitEffects(unit, events, realtime);
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (oneByOne.size() < events
                || batched.size() < events
                || inLanes.values().stream().mapToInt(List::size).sum() < events) {
            assertThat(System.nanoTime())
                    .as("handled in time: %s", realtime.status().subscriptions())
                    .isLessThan(deadline);
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }
}
