package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.event.Overtime;
import dev.realtime.event.Retry;
import dev.realtime.event.TransactionHandler;
import dev.realtime.internal.bus.EventFilter;
import dev.realtime.internal.bus.HandlerTimeout;
import dev.realtime.internal.bus.Manner;
import dev.realtime.internal.bus.SubscriptionSpec;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Describes one durable subscription to whole transactions: the changes of every registered entity, in the order in which
 * they were made. It has a thread and a position of its own, as every subscription has. To be used by one thread at a time.
 */
public final class TransactionSubscriptionBuilder {

    private static final String NAME = "transactions";

    private Retry retry = Retry.FOREVER;
    private int chunk = 1_000;
    private @Nullable String name;
    private @Nullable TransactionHandler handler;
    private @Nullable HandlerTimeout handlerTimeout;

    TransactionSubscriptionBuilder() {}

    /**
     * Names the subscription in threads, logs, status, and for {@link Realtime#pause}, and gives it a stored position with
     * {@link RealtimeBuilder#offsets()}. Without it, it is {@code transactions}.
     *
     * @param unique a name that no other subscription of the stream has
     * @return this
     */
    public TransactionSubscriptionBuilder named(String unique) {
        if (unique.isBlank()) {
            throw new ConfigurationException("The name of a subscription is not blank");
        }
        name = unique;
        return this;
    }

    /**
     * What becomes of a chunk whose handler failed. By default it is offered again for ever. Events are put aside one by
     * one, so a policy that ends in {@link Retry#thenPark} is refused here.
     *
     * @param policy pauses, attempts, and what then
     * @return this
     */
    public TransactionSubscriptionBuilder retrying(Retry policy) {
        if (policy.exhausted() == Retry.Exhausted.PARK) {
            throw new ConfigurationException(
                    "A chunk of a transaction cannot be put aside with thenPark(), which would take"
                            + " it apart: let its subscription stop or skip, or subscribe to the entities");
        }
        retry = policy;
        return this;
    }

    /**
     * How long one call of the handler should take at most: see {@link RealtimeBuilder#handlerTimeout}, whose limit holds
     * where none is given here.
     *
     * @param timeout positive
     * @param then what is done about one that takes longer
     * @return this
     */
    public TransactionSubscriptionBuilder handlerTimeout(Duration timeout, Overtime then) {
        handlerTimeout = StreamOptions.handlerTimeoutOf(timeout, then);
        return this;
    }

    /**
     * How many changes one call gets at most: larger transactions come in chunks.
     *
     * @param changes at least 1; 1,000 by default, fewer where their rows come to about 16 MB
     * @return this
     */
    public TransactionSubscriptionBuilder chunksOf(int changes) {
        if (changes < 1) {
            throw new ConfigurationException("A chunk holds at least 1 change, not " + changes);
        }
        chunk = changes;
        return this;
    }

    /**
     * Handles every transaction that changes a registered entity.
     *
     * @param code the application's
     * @return this
     */
    public TransactionSubscriptionBuilder each(TransactionHandler code) {
        handler = Objects.requireNonNull(code, "code");
        return this;
    }

    @Nullable
    String name() {
        return name;
    }

    SubscriptionSpec spec(Set<String> taken, int entities) {
        TransactionHandler code = handler;
        String unique = name == null ? Subscriptions.freeName(NAME, taken) : name;
        if (code == null) {
            throw new ConfigurationException("Subscription " + unique + " needs a handler: each(...)");
        }
        Set<Integer> all = IntStream.range(0, entities).boxed().collect(Collectors.toSet());
        return new SubscriptionSpec(
                unique, all, EventFilter.ALL, retry, new Manner.Transactions(code, chunk), handlerTimeout);
    }
}
