package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConfigurationException;
import dev.realtime.event.Retry;
import dev.realtime.support.Item;
import dev.realtime.support.PlainMapping;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Manners of handling that do not go together are refused before anything is sent. */
class HandlerChoiceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static RealtimeBuilder items() {
        return Realtime.register(Item.class)
                .from(PlainMapping.all(Item.mapping("public", "item")))
                .connectingTo(Coordinates.of("jdbc:postgresql://localhost:1/none", "nobody", () -> null))
                .startTimeout(Duration.ofMillis(1));
    }

    private static Arguments refused(String title, UnaryOperator<SubscriptionBuilder<Item>> asked, String... said) {
        return argumentSet(title, asked, said);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused("no handler", s -> s.named("mailer"), "mailer", "each(...)", "eachBatch"),
                refused("two forms", s -> s.each(e -> {}).inserted(e -> {}), "each", "inserted", "give it one"),
                refused(
                        "two forms of another kind",
                        s -> s.eachAsync(e -> CompletableFuture.completedFuture(null))
                                .eachBatch(e -> {}),
                        "eachAsync and eachBatch"),
                refused("no lane", s -> s.lanes(0).each(e -> {}), "lanes", "0"),
                refused("too many lanes", s -> s.lanes(257).each(e -> {}), "lanes", "257"),
                refused("nothing in flight", s -> s.inFlight(0), "inFlight", "0"),
                refused("an empty batch", s -> s.batching(0, SECOND), "at least 1", "0"),
                refused("a batch that waits backwards", s -> s.batching(1, Duration.ofSeconds(-1)), "PT-1S"),
                refused(
                        "lanes with acknowledgements",
                        s -> s.lanes(8).eachAcknowledged((e, ack) -> ack.ack()),
                        "lanes",
                        "eachAcknowledged"),
                refused(
                        "lanes with stages",
                        s -> s.lanes(8).eachAsync(e -> CompletableFuture.completedFuture(null)),
                        "lanes",
                        "eachAsync"),
                refused(
                        "lanes with batches",
                        s -> s.lanes(8).batching(10, SECOND).eachBatch(e -> {}),
                        "lanes",
                        "eachBatch"),
                refused(
                        "more lanes than may be in flight",
                        s -> s.lanes(8).inFlight(4).each(e -> {}),
                        "8",
                        "inFlight(4)"),
                refused("in flight one by one", s -> s.inFlight(4).each(e -> {}), "inFlight(4)", "each"),
                refused(
                        "batches in flight",
                        s -> s.inFlight(4).batching(2, SECOND).eachBatch(e -> {}),
                        "inFlight(4)",
                        "eachBatch"),
                refused("batching one by one", s -> s.batching(2, SECOND).each(e -> {}), "batching", "eachBatch"),
                refused("batches of no size", s -> s.eachBatch(e -> {}), "batching(size, within)"));
    }

    /** Those that store the place of an event with its effects, each in both forms. */
    static Stream<Arguments> refusalsOfStoring() {
        return Stream.of("storing", "transactional")
                .flatMap(form -> Stream.of(
                        refused(
                                form + " in lanes",
                                s -> stored(s.lanes(4), form),
                                "mailer",
                                "lanes",
                                "stores its place"),
                        refused(
                                form + " in lanes, some in flight",
                                s -> stored(s.lanes(4).inFlight(8), form),
                                "mailer",
                                "lanes",
                                "stores its place"),
                        refused(
                                form + " in flight",
                                s -> stored(s.inFlight(4), form),
                                "mailer",
                                "inFlight(4)",
                                "stores its place"),
                        refused(
                                form + " in batches",
                                s -> stored(s.batching(10, SECOND), form),
                                "mailer",
                                "batching",
                                "stores its place"),
                        refused(
                                form + " beside another form",
                                s -> stored(s.each(e -> {}), form),
                                "mailer",
                                "each",
                                "stores its place")));
    }

    private static SubscriptionBuilder<Item> stored(SubscriptionBuilder<Item> subscription, String form) {
        subscription.named("mailer");
        return form.equals("storing")
                ? subscription.storing((event, offset) -> {})
                : subscription.transactional(new PGSimpleDataSource(), (event, connection) -> {});
    }

    @ParameterizedTest
    @MethodSource("refusalsOfStoring")
    void a_place_is_stored_by_one_event_after_the_other(
            UnaryOperator<SubscriptionBuilder<Item>> asked, String... said) {
        what_makes_no_sense_is_refused(asked, said);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_makes_no_sense_is_refused(UnaryOperator<SubscriptionBuilder<Item>> asked, String... said) {
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class,
                () -> items().subscribe(Item.class, asked::apply).start());
        assertThat(refusal).isNotNull().hasMessageContainingAll(said);
    }

    @Test
    void a_subscription_to_transactions_needs_a_handler_a_chunk_and_a_policy_that_does_not_take_it_apart() {
        assertThat(catchThrowableOfType(
                        ConfigurationException.class,
                        () -> items().subscribeTransactions(s -> s).start()))
                .hasMessageContainingAll("transactions", "each(...)");
        assertThat(catchThrowableOfType(
                        ConfigurationException.class, () -> items().subscribeTransactions(s -> s.chunksOf(0))))
                .hasMessageContaining("0");
        assertThat(catchThrowableOfType(
                        ConfigurationException.class,
                        () -> items().subscribeTransactions(
                                        s -> s.retrying(Retry.never().thenPark()))))
                .hasMessageContaining("thenPark()");
        assertThat(catchThrowableOfType(
                        ConfigurationException.class,
                        () -> items().subscribe(
                                        Item.class, s -> s.named("transactions").each(e -> {}))
                                .onTransaction(tx -> {})
                                .subscribeTransactions(
                                        s -> s.named("transactions").each(tx -> {}))
                                .start()))
                .hasMessageContaining("Two subscriptions are named transactions");
    }
}
