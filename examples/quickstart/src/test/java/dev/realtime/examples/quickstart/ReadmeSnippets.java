package dev.realtime.examples.quickstart;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.RealtimeStatus;
import dev.realtime.event.Delete;
import dev.realtime.event.GapPolicy;
import dev.realtime.event.Insert;
import dev.realtime.event.Lagged;
import dev.realtime.event.LiveEvent;
import dev.realtime.event.LiveSubscription;
import dev.realtime.event.Overflow;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.event.TransactionInfo;
import dev.realtime.event.Truncate;
import dev.realtime.event.Update;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SetupPlan;
import dev.realtime.setup.SlotPolicy;
import dev.realtime.store.DeadLetter;
import dev.realtime.store.DeadLetters;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Java that README.md shows, each piece between a marker with its name and an end: {@link ReadmeTest} compares. */
final class ReadmeSnippets {

    private static final Logger log = LoggerFactory.getLogger(ReadmeSnippets.class);

    private ReadmeSnippets() {}

    static void stream(EntityManagerFactory entityManagerFactory, String secret, Search search) {
        // readme: stream
        Realtime realtime = Realtime.register(User.class, Order.class)
                .from(entityManagerFactory)
                .connectingTo("jdbc:postgresql://db.example.org/shop", "shop_replication", () -> secret)
                .slot("shop")
                .fullImages(Order.class)
                .on(User.class, event -> log.info("{} User {}", event.action(), event.id()))
                .on(Order.class, search::orderChanged)
                .start();
        // readme: end
        realtime.close();
    }

    static void subscribe(RealtimeBuilder builder, Mailer mailer) {
        // readme: subscribe
        builder.subscribe(
                Order.class,
                orders -> orders.named("mailer")
                        .updatesOf("status")
                        .retrying(Retry.atMost(10).thenStop())
                        .updated(update -> mailer.statusChanged(update.after())));
        // readme: end
    }

    static void live(Realtime realtime) {
        // readme: live
        LiveSubscription screen = realtime.live(User.class, Overflow.dropOldest(1024), item -> {
            if (item instanceof LiveEvent<User> live) {
                show(live.event());
            } else if (item instanceof Lagged<User> lagged) {
                log.info("{} changes missed: reading anew", lagged.count());
                readAnew();
            }
        });
        // readme: end
        screen.close();
    }

    private static void show(RealtimeEvent<User> event) {
        log.info("{}", event);
    }

    private static void readAnew() {
        log.info("Reading anew");
    }

    static void gaps(RealtimeBuilder builder, Map<String, String> cache) {
        // readme: gaps
        builder.gaps(GapPolicy.RECREATE_AND_REPORT).onGap(gap -> {
            log.error("{}: lost between {} and {}: {}", gap.reason(), gap.from(), gap.to(), gap.description());
            cache.clear();
        });
        // readme: end
    }

    static void handlers(RealtimeBuilder builder, Broker broker, Index index, Ledger ledger) {
        // readme: handlers
        builder.subscribe(
                        Order.class,
                        orders -> orders.named("broker").inFlight(64).eachAsync(broker::publish))
                .subscribe(
                        Order.class,
                        orders -> orders.named("push")
                                .eachAcknowledged((event, acknowledgement) ->
                                        broker.push(event, acknowledgement::ack, acknowledgement::nack)))
                .subscribe(
                        Order.class,
                        orders -> orders.named("index").lanes(8).inserted(insert -> index.add(insert.after())))
                .subscribe(
                        Order.class,
                        orders -> orders.named("warehouse")
                                .batching(500, Duration.ofSeconds(1))
                                .eachBatch(ledger::writeAll))
                .onTransaction(chunk -> {
                    for (RealtimeEvent<?> event : chunk.events()) {
                        ledger.write(event);
                    }
                    if (chunk.last()) {
                        ledger.close(chunk.transaction());
                    }
                });
        // readme: end
    }

    static void standby(RealtimeBuilder builder, String hostName) {
        // readme: standby
        builder.slot("shop").standby().instance(hostName);
        // readme: end
    }

    static void everyNode(RealtimeBuilder builder, Map<String, String> cache) {
        // readme: everyNode
        builder.slot("cache").temporarySlot().gaps(GapPolicy.REPORT).onGap(gap -> cache.clear());
        // readme: end
    }

    static void enable(DataSource ownerDataSource) {
        // readme: enable
        SetupPlan done = Realtime.enable(ownerDataSource, User.class, Order.class)
                .publication("shop")
                .fullImages(Order.class)
                .apply();
        // readme: end
        log.info("{}", done);
    }

    static void plan(RealtimeBuilder builder) {
        // readme: plan
        String sql = builder.setup().plan().sql();
        // readme: end
        log.info("{}", sql);
    }

    static void modes(RealtimeBuilder builder) {
        // readme: modes
        builder.setup(SetupMode.VALIDATE).slot("shop", SlotPolicy.REQUIRE);
        // readme: end
    }

    static void status(Realtime realtime) {
        // readme: status
        RealtimeStatus status = realtime.status();
        log.info("{}, {} bytes behind, last error {}", status.state(), status.lagBytes(), status.lastError());
        // readme: end
        realtime.stop(Duration.ofSeconds(5));
    }

    static void transactional(RealtimeBuilder builder, EntityManagerFactory entityManagerFactory, Ledger ledger) {
        // readme: transactional
        builder.subscribe(
                Order.class,
                orders -> orders.named("ledger")
                        .transactional(
                                entityManagerFactory, (event, entityManager) -> ledger.book(event, entityManager)));
        // readme: end
    }

    static void storing(RealtimeBuilder builder, DataSource dataSource, Ledger ledger) {
        // readme: storing
        builder.subscribe(
                Order.class,
                orders -> orders.named("ledger").storing((event, offset) -> {
                    try (Connection connection = dataSource.getConnection()) {
                        connection.setAutoCommit(false);
                        ledger.book(event, connection);
                        if (offset.store(connection)) {
                            connection.commit();
                        } else {
                            connection.rollback();
                        }
                    }
                }));
        // readme: end
    }

    static void deadLetters(Realtime realtime) {
        // readme: deadletters
        DeadLetters letters = realtime.deadLetters();
        for (DeadLetter letter : letters.list("mailer", 100)) {
            log.info("{} {}: {} {}", letter.eventId(), letter.entity(), letter.errorClass(), letter.errorDetail());
            try {
                letters.replay(letter);
            } catch (Exception e) {
                log.warn("{} still fails", letter.eventId(), e);
            }
        }
        // readme: end
    }

    /** Something that an application keeps up to date. */
    private record Search(Index index) {

        // readme: kinds
        void orderChanged(RealtimeEvent<Order> event) {
            if (event instanceof Insert<Order> insert) {
                index.add(insert.id(Long.class), insert.after(), insert.referenceId("customer"));
            } else if (event instanceof Update<Order> update) {
                if (update.changes().contains("status")) {
                    index.replace(update.id(Long.class), update.after());
                }
            } else if (event instanceof Delete<Order> delete) {
                index.remove(delete.id(Long.class));
            } else if (event instanceof Truncate<Order>) {
                index.clear();
            }
        }
        // readme: end
    }

    private interface Ledger {
        void book(RealtimeEvent<Order> event, EntityManager entityManager);

        void book(RealtimeEvent<Order> event, Connection connection);

        void writeAll(List<RealtimeEvent<Order>> events);

        void write(RealtimeEvent<?> event);

        void close(TransactionInfo transaction);
    }

    private interface Mailer {
        void statusChanged(Order order) throws Exception;
    }

    private interface Broker {
        CompletionStage<String> publish(RealtimeEvent<Order> event);

        void push(RealtimeEvent<Order> event, Runnable delivered, Consumer<Throwable> failed);
    }

    private interface Index {
        void add(Order order);

        void add(Long id, Order order, @Nullable Object customerId);

        void replace(Long id, Order order);

        void remove(Long id);

        void clear();
    }
}
