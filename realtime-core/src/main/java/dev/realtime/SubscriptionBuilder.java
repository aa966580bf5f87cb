package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.event.AcknowledgingHandler;
import dev.realtime.event.Action;
import dev.realtime.event.BatchHandler;
import dev.realtime.event.Delete;
import dev.realtime.event.EventHandler;
import dev.realtime.event.Insert;
import dev.realtime.event.Overtime;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.event.StageHandler;
import dev.realtime.event.Update;
import dev.realtime.internal.bus.EventFilter;
import dev.realtime.internal.bus.HandlerTimeout;
import dev.realtime.internal.bus.Manner;
import dev.realtime.internal.bus.SubscriptionSpec;
import dev.realtime.internal.store.ChangeOffset;
import dev.realtime.internal.store.SlotOffsets;
import dev.realtime.store.ConnectionHandler;
import dev.realtime.store.EntityManagerHandler;
import dev.realtime.store.StoringHandler;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Describes one durable subscription: its name, what it wants, what becomes of failures, and its handler. Each
 * subscription has a thread and a position of its own: where one is slow, fails or is paused, the others go on. To be used
 * by one thread at a time.
 *
 * @param <T> the entity
 */
public final class SubscriptionBuilder<T> {

    private final Class<T> entity;
    private final HandlerChoice handler = new HandlerChoice();
    private Set<String> attributes = Set.of();
    private Set<Action> actions = EnumSet.allOf(Action.class);
    private Retry retry = Retry.FOREVER;
    private @Nullable String name;
    private @Nullable HandlerTimeout handlerTimeout;
    private @Nullable Predicate<? super RealtimeEvent<?>> predicate;
    private @Nullable StoringHandler<RealtimeEvent<T>> storing;

    SubscriptionBuilder(Class<T> entity) {
        this.entity = entity;
    }

    /**
     * Names the subscription in threads, logs, status, and for {@link Realtime#pause}. Without it the entity's name is
     * taken.
     *
     * @param unique a name that no other subscription of the stream has
     * @return this
     */
    public SubscriptionBuilder<T> named(String unique) {
        if (unique.isBlank()) {
            throw new ConfigurationException("The name of a subscription is not blank");
        }
        name = unique;
        return this;
    }

    /**
     * Wants these kinds of change alone. The others count as handled.
     *
     * @param wanted at least one
     * @return this
     */
    public SubscriptionBuilder<T> only(Action... wanted) {
        actions = EnumSet.noneOf(Action.class);
        actions.addAll(Arrays.asList(wanted));
        return this;
    }

    /**
     * Wants updates alone, and only those that change one of these attributes. That is told by the raw row, before anything
     * is decoded; it needs the whole old row, so REPLICA IDENTITY FULL is asked for as {@link RealtimeBuilder#fullImages}
     * does.
     *
     * @param changed names of attributes, at least one; one that the entity has not is refused at start
     * @return this
     */
    public SubscriptionBuilder<T> updatesOf(String... changed) {
        attributes = Set.of(changed);
        if (attributes.isEmpty()) {
            throw new ConfigurationException("updatesOf needs the name of at least one attribute");
        }
        return only(Action.UPDATE);
    }

    /**
     * Wants the events that a test accepts. The others count as handled.
     *
     * @param test called on the subscription's thread; where it throws, that counts as a failure of the handler
     * @return this
     */
    @SuppressWarnings("unchecked") // a subscription sees its entity's events alone
    public SubscriptionBuilder<T> matching(Predicate<? super RealtimeEvent<T>> test) {
        Objects.requireNonNull(test, "test");
        predicate = event -> test.test((RealtimeEvent<T>) event);
        return this;
    }

    /**
     * What becomes of an event whose handler failed. By default it is offered again for ever.
     *
     * @param policy pauses, attempts, and what then
     * @return this
     */
    public SubscriptionBuilder<T> retrying(Retry policy) {
        retry = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Handles every event.
     *
     * @param code the application's
     * @return this
     */
    @SuppressWarnings("unchecked") // a subscription sees its entity's events alone
    public SubscriptionBuilder<T> each(EventHandler<? super RealtimeEvent<T>> code) {
        Objects.requireNonNull(code, "code");
        handler.each(event -> ((EventHandler<RealtimeEvent<T>>) code).handle((RealtimeEvent<T>) event));
        return this;
    }

    /**
     * Handles every event, and says later, on any thread, what became of it. Further events are given meanwhile, as many as
     * {@link #inFlight} allows. One that failed is offered again after others; what is confirmed to PostgreSQL ends before
     * the first transaction that is not finished.
     *
     * @param code the application's
     * @return this
     */
    @SuppressWarnings("unchecked") // a subscription sees its entity's events alone
    public SubscriptionBuilder<T> eachAcknowledged(AcknowledgingHandler<? super RealtimeEvent<T>> code) {
        Objects.requireNonNull(code, "code");
        handler.acknowledged((event, acknowledgement) ->
                ((AcknowledgingHandler<RealtimeEvent<T>>) code).handle((RealtimeEvent<T>) event, acknowledgement));
        return this;
    }

    /**
     * Handles every event by beginning with it: it is handled when the stage that the handler returns has completed.
     * Further events are given meanwhile, as many as {@link #inFlight} allows. One whose stage failed is offered again after
     * others; what is confirmed to PostgreSQL ends before the first transaction that is not finished.
     *
     * @param code the application's
     * @return this
     */
    @SuppressWarnings("unchecked") // a subscription sees its entity's events alone
    public SubscriptionBuilder<T> eachAsync(StageHandler<? super RealtimeEvent<T>> code) {
        Objects.requireNonNull(code, "code");
        handler.staged(event -> ((StageHandler<RealtimeEvent<T>>) code).handle((RealtimeEvent<T>) event));
        return this;
    }

    /**
     * Handles events several at a time: {@link #batching} says how many, and how long they wait for each other. Where the
     * handler throws, the whole batch is offered again, and what becomes of it at last becomes of all its events.
     *
     * @param code the application's
     * @return this
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // a subscription sees its entity's events alone
    public SubscriptionBuilder<T> eachBatch(BatchHandler<T> code) {
        Objects.requireNonNull(code, "code");
        handler.batch(events -> code.handle((List) events));
        return this;
    }

    /**
     * How large a batch for {@link #eachBatch} may grow.
     *
     * @param size how many changes at most, at least 1; fewer where their rows come to about 16 MB
     * @param within how long the first event of a batch waits for others at most; not negative, and no longer than an hour
     * @return this
     */
    public SubscriptionBuilder<T> batching(int size, Duration within) {
        handler.batching(size, within);
        return this;
    }

    /**
     * Calls the handler on several threads at once, for handlers that are done when they return. The events of one entity id
     * come in order and one at a time: its row's id, as PostgreSQL writes it, chooses the thread. An update that changes the
     * id waits for what was before it under both ids, and a {@code TRUNCATE} for everything; what is behind them waits for
     * them. An event that fails holds up its own lane, and in the end those that would be too far ahead of it.
     *
     * @param count how many threads, 1 to 256
     * @return this
     */
    public SubscriptionBuilder<T> lanes(int count) {
        handler.lanes(count);
        return this;
    }

    /**
     * How many events may be with the handler and not be finished; for {@link #eachAcknowledged} and {@link #eachAsync}, and
     * for what {@link #lanes} have before them.
     *
     * @param most at least 1, and then order is kept strictly; 64 by default, with more than four lanes 16 for each. No more
     *     than about 16 MB of rows
     * @return this
     */
    public SubscriptionBuilder<T> inFlight(int most) {
        handler.inFlight(most);
        return this;
    }

    /**
     * Handles every event in a transaction on the data source, effectively once: the library begins it, calls the handler,
     * stores the event's place in it and commits. However often an event comes, what the handler writes on the connection
     * is there once. The subscription needs a name. A connection is taken from the data source for each event.
     *
     * @param dataSource of the database that is streamed from, for a role with SELECT and UPDATE on {@code realtime_offset}
     * @param code the application's; its effects elsewhere can happen twice
     * @return this
     */
    public SubscriptionBuilder<T> transactional(
            DataSource dataSource, ConnectionHandler<? super RealtimeEvent<T>> code) {
        Objects.requireNonNull(dataSource, "dataSource");
        Objects.requireNonNull(code, "code");
        return storing(Transactions.on(dataSource, code));
    }

    /**
     * Handles every event in a transaction of a new entity manager, effectively once: the library begins it, calls the
     * handler, stores the event's place in it and commits. However often an event comes, what the handler writes through
     * the entity manager is there once. The subscription needs a name.
     *
     * @param entityManagerFactory a persistence unit with resource-local transactions on the database that is streamed
     *     from; with JTA use {@link #storing}
     * @param code the application's; its effects elsewhere can happen twice
     * @return this
     */
    public SubscriptionBuilder<T> transactional(
            EntityManagerFactory entityManagerFactory, EntityManagerHandler<? super RealtimeEvent<T>> code) {
        Objects.requireNonNull(entityManagerFactory, "entityManagerFactory");
        Objects.requireNonNull(code, "code");
        return storing(Transactions.on(entityManagerFactory, code));
    }

    /**
     * Handles every event in a transaction that the handler runs itself, and in which it stores the event's place by {@link
     * dev.realtime.store.EventOffset#store}: then each effect in that transaction happens once. The subscription needs a
     * name.
     *
     * @param code the application's
     * @return this
     */
    public SubscriptionBuilder<T> storing(StoringHandler<? super RealtimeEvent<T>> code) {
        Objects.requireNonNull(code, "code");
        storing = code::handle;
        handler.storing();
        return this;
    }

    /**
     * Handles inserts. With this form only the kinds of change that have a handler are wanted.
     *
     * @param code the application's
     * @return this
     */
    @SuppressWarnings("unchecked") // the action tells the class
    public SubscriptionBuilder<T> inserted(EventHandler<? super Insert<T>> code) {
        return on(Action.INSERT, event -> ((EventHandler<Insert<T>>) code).handle((Insert<T>) event), code);
    }

    /**
     * Handles updates. With this form only the kinds of change that have a handler are wanted.
     *
     * @param code the application's
     * @return this
     */
    @SuppressWarnings("unchecked") // the action tells the class
    public SubscriptionBuilder<T> updated(EventHandler<? super Update<T>> code) {
        return on(Action.UPDATE, event -> ((EventHandler<Update<T>>) code).handle((Update<T>) event), code);
    }

    /**
     * Handles deletes. With this form only the kinds of change that have a handler are wanted.
     *
     * @param code the application's
     * @return this
     */
    @SuppressWarnings("unchecked") // the action tells the class
    public SubscriptionBuilder<T> deleted(EventHandler<? super Delete<T>> code) {
        return on(Action.DELETE, event -> ((EventHandler<Delete<T>>) code).handle((Delete<T>) event), code);
    }

    private SubscriptionBuilder<T> on(Action action, EventHandler<RealtimeEvent<?>> code, Object given) {
        Objects.requireNonNull(given, "code");
        handler.on(action, code);
        return this;
    }

    /**
     * How long one call of the handler should take at most. One that takes longer is told once, with what its thread is doing,
     * and shows in the status while it lasts; it is never passed over. A handler that finishes events later is watched only until it returns.
     *
     * @param timeout positive, no more than a day; there is none by default
     * @param then whether it goes on, or is interrupted
     * @return this
     */
    public SubscriptionBuilder<T> handlerTimeout(Duration timeout, Overtime then) {
        handlerTimeout = StreamOptions.handlerTimeoutOf(timeout, then);
        return this;
    }

    Class<T> entity() {
        return entity;
    }

    boolean needsFullImages() {
        return !attributes.isEmpty();
    }

    boolean isStoring() {
        return storing != null;
    }

    boolean parks() {
        return retry.exhausted() == Retry.Exhausted.PARK;
    }

    Set<String> attributes() {
        return attributes;
    }

    @Nullable
    String name() {
        return name;
    }

    @SuppressWarnings("unchecked") // a subscription sees its entity's events alone
    private static <T> EventHandler<RealtimeEvent<?>> storing(
            StoringHandler<RealtimeEvent<T>> code, SlotOffsets offsets, String name) {
        return event -> code.handle((RealtimeEvent<T>) event, new ChangeOffset(offsets, name, event.position()));
    }

    SubscriptionSpec spec(String unique, int entityIndex, @Nullable SlotOffsets offsets) {
        EventHandler<RealtimeEvent<?>> storingHandler =
                storing == null ? null : storing(storing, Objects.requireNonNull(offsets, "offsets"), unique);
        Manner manner = handler.manner(unique, actions, storingHandler);
        if (actions.isEmpty()) {
            throw new ConfigurationException("Subscription " + unique + " wants no kind of change at all");
        }
        EventFilter filter = new EventFilter(actions, attributes, predicate);
        return new SubscriptionSpec(unique, Set.of(entityIndex), filter, retry, manner, handlerTimeout);
    }
}
