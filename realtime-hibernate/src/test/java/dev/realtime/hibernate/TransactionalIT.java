package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.hibernate.model.Person;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Effects through an entity manager, committed together with the event's place. */
class TransactionalIT {

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    private PersistenceUnit unit;
    private String slot;

    @BeforeEach
    void start() throws Exception {
        unit = new PersistenceUnit(Person.class);
        unit.database().execute("CREATE TABLE effect (name text)");
        slot = unit.database().unique("slot");
    }

    @AfterEach
    void stop() throws Exception {
        unit.close();
    }

    private void write(RealtimeEvent<Person> event, EntityManager manager) {
        String name = event.model() + " " + event.id();
        manager.createNativeQuery("INSERT INTO effect VALUES (?1)")
                .setParameter(1, name)
                .executeUpdate();
        if (calls.incrementAndGet() == 2) {
            throw new IllegalStateException("planned, behind the effect");
        }
        handled.add(name);
    }

    /** Another subscription holds the slot, so that everything comes again at the next start. */
    private RealtimeBuilder writing() {
        return Realtime.register(Person.class)
                .from(unit.factory())
                .connectingTo(unit.database().url(), PostgresServer.SUPERUSER, () -> null)
                .slot(slot)
                .stopTimeout(Duration.ofMillis(300))
                .subscribe(Person.class, s -> s.named("stuck").each(event -> never.await()))
                .subscribe(
                        Person.class,
                        s -> s.named("writer")
                                .retrying(Retry.exponential(Duration.ofMillis(10), Duration.ofMillis(50)))
                                .transactional(unit.factory(), this::write));
    }

    private String effects() throws Exception {
        return unit.database().value("SELECT string_agg(name, ', ' ORDER BY name) FROM effect");
    }

    private void persist(String... names) {
        for (String name : names) {
            unit.inTransaction(session -> session.persist(new Person(name)));
        }
    }

    /** A handler has returned before its transaction is committed: only then does the event count. */
    private static void awaitHandled(Realtime realtime, long events) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (realtime.status().subscriptions().get(1).handled() < events) {
            assertThat(System.nanoTime()).as("handled in time").isLessThan(deadline);
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
    }

    private List<String> next(int count) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = handled.poll(10, TimeUnit.SECONDS);
            assertThat(name).as("event %s of %s", i + 1, count).isNotNull();
            names.add(name);
        }
        return names;
    }

    @Test
    void effectsThroughAnEntityManagerHappenOnce() throws Exception {
        try (Realtime first = writing().start()) {
            persist("Ada", "Bob");
            assertThat(next(2)).doesNotHaveDuplicates();
            awaitHandled(first, 2);
        }
        try (Realtime second = writing().start()) {
            persist("Carl");
            assertThat(next(1)).hasSize(1);
            awaitHandled(second, 1);
            assertThat(second.status().subscriptions().get(1).covered()).isEqualTo(2);
        }
        assertThat(unit.database().value("SELECT count(*) FROM effect")).isEqualTo("3");
        assertThat(effects().split(", ")).doesNotHaveDuplicates();
    }
}
