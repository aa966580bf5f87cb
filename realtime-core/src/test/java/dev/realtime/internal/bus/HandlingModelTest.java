package dev.realtime.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.event.Acknowledgement;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.internal.bus.BusBed.Committed;
import dev.realtime.internal.pgoutput.PgOutputMessage;
import dev.realtime.wal.EventPosition;
import dev.realtime.wal.Lsn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every manner of handling against a naive model, with random transactions, failures, pauses and subscriptions that leave
 * the stream: nothing is confirmed before it is handled, nothing comes again that was handled (but for what was let go
 * of in flight), the order is kept, and
 * in the end everything is handled and confirmed. Replayed by its seed.
 */
class HandlingModelTest {

    private static final int SEEDS = Integer.getInteger("realtime.seeds", 12);
    private static final int STEPS = 150;
    private static final int IDS = 6;

    @RegisterExtension
    private final BusBed bed = new BusBed();

    private final Map<EventPosition, Integer> handled = new ConcurrentHashMap<>();
    /** By id in the order in which they were handled; for an update of an id, under both. */
    private final Map<String, List<EventPosition>> byId = new ConcurrentHashMap<>();

    private final List<EventPosition> inOrder = Collections.synchronizedList(new ArrayList<>());
    private final Set<EventPosition> offered = ConcurrentHashMap.newKeySet();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final List<String> again = Collections.synchronizedList(new ArrayList<>());
    private final List<InHand> inHand = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean calm;

    private record InHand(RealtimeEvent<?> event, Acknowledgement acknowledgement) {}

    /** A manner, and what it promises. */
    private record Kind(
            String name, Function<HandlingModelTest, Manner> manner, boolean perId, boolean total, boolean letsGo) {

        boolean tags() {
            return name.equals("transactions");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("one by one", test -> new Manner.Each(test::handle), true, true, false),
            new Kind("in flight", test -> new Manner.InFlight(test::take, 7), false, false, true),
            new Kind("one in flight", test -> new Manner.InFlight(test::take, 1), true, true, true),
            new Kind("lanes", test -> new Manner.Parallel(test::handle, 3, 9), true, false, false),
            new Kind(
                    "batches", test -> new Manner.Batches(test::handleAll, 4, Duration.ofMillis(1)), true, true, false),
            new Kind(
                    "transactions",
                    test -> new Manner.Transactions(chunk -> test.handleAll(chunk.events()), 3),
                    true,
                    true,
                    false));

    static Stream<Arguments> kinds() {
        return KINDS.stream()
                .flatMap(kind -> IntStream.range(0, SEEDS)
                        .mapToObj(seed -> Arguments.of(kind, Long.getLong("realtime.seed", 20261121L) + seed)));
    }

    // The handler

    private void offered(RealtimeEvent<?> event) {
        if (!offered.add(event.position()) && !event.possibleRedelivery()) {
            wrong.add(event + " comes again and does not say so");
        }
    }

    private void handle(RealtimeEvent<?> event) throws Exception {
        handleAll(List.of(event));
    }

    private void handleAll(List<RealtimeEvent<?>> events) throws Exception {
        events.forEach(this::offered);
        if (isUnlucky(events.get(0))) {
            throw new IOException("planned");
        }
        events.forEach(this::done);
    }

    /** Decided by the event and how often it came, not by threads. */
    private boolean isUnlucky(RealtimeEvent<?> event) {
        if (calm) {
            return false;
        }
        int times = unlucky.merge(event.position(), 1, Integer::sum);
        return new Random(event.position().hashCode() * 31L + times).nextInt(4) == 0;
    }

    private final Map<EventPosition, Integer> unlucky = new ConcurrentHashMap<>();

    private void take(RealtimeEvent<?> event, Acknowledgement acknowledgement) throws Exception {
        offered(event);
        if (isUnlucky(event)) {
            throw new IOException("planned");
        }
        inHand.add(new InHand(event, acknowledgement));
    }

    private void done(RealtimeEvent<?> event) {
        if (handled.merge(event.position(), 1, Integer::sum) > 1) {
            again.add(event.eventId());
            return;
        }
        inOrder.add(event.position());
        for (String id : ids(event.position())) {
            byId.computeIfAbsent(id, key -> Collections.synchronizedList(new ArrayList<>()))
                    .add(event.position());
        }
    }

    // The model

    private final Map<EventPosition, List<String>> idsOf = new ConcurrentHashMap<>();

    private List<String> ids(EventPosition position) {
        return idsOf.getOrDefault(position, List.of());
    }

    private void commitSome(Random random, boolean tags) {
        int rows = 1 + random.nextInt(random.nextInt(5) == 0 ? 12 : 4);
        List<PgOutputMessage> messages = new ArrayList<>();
        List<List<String>> touched = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            String id = "id" + random.nextInt(IDS);
            String other = "id" + random.nextInt(IDS);
            switch (random.nextInt(tags ? 12 : 10)) {
                case 0 -> add(messages, touched, BusBed.delete(id), List.of(id));
                case 1, 2 -> add(messages, touched, BusBed.rename(id, other), List.of(id, other));
                case 3 -> {
                    if (random.nextInt(4) == 0) {
                        add(messages, touched, BusBed.truncate(), allIds());
                    } else {
                        add(messages, touched, BusBed.update(id), List.of(id));
                    }
                }
                case 4, 5, 6 -> add(messages, touched, BusBed.update(id), List.of(id));
                case 10, 11 -> add(messages, touched, BusBed.tag(id), List.of("tag " + id));
                default -> add(messages, touched, BusBed.insert(id), List.of(id));
            }
        }
        Committed committed =
                bed.transaction(next -> remember(next, touched), messages.toArray(new PgOutputMessage[0]));
        assertThat(committed.rows()).hasSize(rows);
    }

    private void remember(long commit, List<List<String>> touched) {
        for (int i = 0; i < touched.size(); i++) {
            idsOf.put(
                    new EventPosition(Lsn.of(commit), i),
                    touched.get(i).stream().distinct().toList());
        }
    }

    private static List<String> allIds() {
        return IntStream.range(0, IDS).mapToObj(i -> "id" + i).toList();
    }

    private static void add(
            List<PgOutputMessage> messages, List<List<String>> touched, PgOutputMessage message, List<String> ids) {
        messages.add(message);
        touched.add(ids);
    }

    // The story

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("kinds")
    void nothing_is_lost_confirmed_early_or_out_of_order(Kind kind, long seed) {
        Random random = new Random(seed);
        Retry soon = Retry.exponential(Duration.ofNanos(1), Duration.ofNanos(1_000L * (random.nextInt(200) + 1)));
        Retry retry = random.nextInt(3) == 0 ? soon.attempts(2) : soon; // stops now and then
        Set<Integer> entities = kind.tags() ? Set.of(0, 1) : Set.of(0);
        bed.subscribe(new SubscriptionSpec(
                "tried", entities, EventFilter.ALL, retry, kind.manner().apply(this)));
        bed.subscribe(
                new SubscriptionSpec("other", Set.of(0), EventFilter.ALL, Retry.FOREVER, new Manner.Each(event -> {})));
        bed.start(5 + random.nextInt(30));

        for (int step = 0; step < STEPS; step++) {
            step(random, kind);
            nothingIsConfirmedEarly();
        }
        calm = true;
        bed.until(() -> {
            bed.bus.resume("tried");
            tellAll();
            nothingIsConfirmedEarly();
            return bed.mark.advance() >= bed.last();
        });
        bed.end();

        assertThat(bed.error.get()).isNull();
        assertThat(wrong).isEmpty();
        assertThat(handled.keySet()).isEqualTo(idsOf.keySet());
        if (!kind.letsGo()) {
            assertThat(again).isEmpty();
        }
        if (kind.total()) {
            assertThat(inOrder).isSorted();
        }
        if (kind.perId()) {
            byId.values().forEach(positions -> assertThat(positions).isSorted());
        }
    }

    private void step(Random random, Kind kind) {
        switch (random.nextInt(16)) {
            case 0 -> bed.bus.pause("tried");
            case 1, 2 -> bed.bus.resume("tried");
            case 3 -> bed.bus.leaveFullBehind(Duration.ZERO);
            case 4 -> bed.keepalive();
            case 5, 6, 7, 8 -> {
                if (bed.bus.flush()) {
                    commitSome(random, kind.tags());
                }
            }
            case 9, 10, 11, 12 -> tellOne(random);
            default -> bed.turn();
        }
    }

    private @Nullable InHand one(Random random) {
        synchronized (inHand) {
            return inHand.isEmpty() ? null : inHand.remove(random.nextInt(inHand.size()));
        }
    }

    private void tellOne(Random random) {
        InHand one = one(random);
        if (one == null) {
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> one.acknowledgement().nack();
            case 1 -> one.acknowledgement().nack(Duration.ofNanos(1_000L * random.nextInt(500)));
            default -> ack(one);
        }
    }

    private void ack(InHand one) {
        done(one.event());
        one.acknowledgement().ack();
    }

    private void tellAll() {
        InHand one;
        while ((one = one(new Random(0))) != null) {
            ack(one);
        }
    }

    private void nothingIsConfirmedEarly() {
        long confirmed = bed.mark.advance();
        Map<Long, Integer> missing = new HashMap<>();
        Set<EventPosition> known = new HashSet<>(handled.keySet());
        idsOf.keySet().stream()
                .filter(position -> !known.contains(position))
                .forEach(position -> missing.merge(position.commitLsn().value(), 1, Integer::sum));
        for (Committed committed : bed.history) {
            if (committed.end() <= confirmed) {
                assertThat(missing).as("confirmed up to %s", confirmed).doesNotContainKey(committed.commit());
            }
        }
    }
}
