package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.event.LiveHandler;
import dev.realtime.event.LiveItem;
import dev.realtime.event.LiveSubscription;
import dev.realtime.event.Overflow;
import dev.realtime.internal.bus.SubscriptionProgress;
import dev.realtime.internal.engine.Engine;
import dev.realtime.internal.engine.EngineProgress;
import dev.realtime.internal.engine.RetainedWal;
import dev.realtime.store.DeadLetters;
import dev.realtime.wal.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A running stream of entity events, and the way to one.
 *
 * <pre>{@code
 * Realtime realtime = Realtime.register(User.class)
 *         .from(entityManagerFactory)
 *         .connectingTo("jdbc:postgresql://db/shop", "shop_replication", () -> secret)
 *         .slot("shop")
 *         .on(User.class, event -> log.info("{} {}", event.action(), event.id()))
 *         .start();
 * }</pre>
 *
 * <p>It reads committed changes over one replication connection of its own (manual, chapter 47; PostgreSQL 14 to 18) and
 * tells PostgreSQL to forget a change only when every handler has handled it: a change may come more than once, never
 * less. After a broken connection it goes on by itself. Thread-safe.
 */
public final class Realtime implements AutoCloseable {

    private final Engine engine;
    private final String slot;
    private final String publication;
    private final RealtimeSetup setup;
    private final Duration stopTimeout;

    Realtime(Engine engine, String slot, String publication, RealtimeSetup setup, Duration stopTimeout) {
        this.engine = engine;
        this.slot = slot;
        this.publication = publication;
        this.setup = setup;
        this.stopTimeout = stopTimeout;
    }

    /**
     * Begins to describe a stream. Nothing is kept anywhere until {@link RealtimeBuilder#start}.
     *
     * @param entities the entities whose changes are wanted
     * @return a builder
     */
    public static RealtimeBuilder register(Class<?>... entities) {
        return new RealtimeBuilder(List.of(entities));
    }

    /**
     * Begins to describe the set-up of a database alone, as a migration run by the tables' owner would do it: the
     * publication, and REPLICA IDENTITY FULL where it is asked for.
     *
     * @param owner gives connections as a role that owns the tables; it is used for this alone
     * @param entities the entities whose tables are to be published
     * @return what to enable; {@link RealtimeEnabler#apply} does it
     */
    public static RealtimeEnabler enable(DataSource owner, Class<?>... entities) {
        return new RealtimeEnabler(owner, List.of(entities));
    }

    /**
     * How the stream is doing.
     *
     * @return the status at this moment; cheap enough to be asked every second
     */
    public RealtimeStatus status() {
        EngineProgress progress = engine.progress();
        Lsn confirmed = Lsn.of(engine.confirmed());
        Lsn server = Lsn.of(progress.serverPosition());
        return new RealtimeStatus(
                RealtimeStatus.State.valueOf(progress.state().name()),
                slot,
                publication,
                confirmed,
                Lsn.of(progress.received()),
                server,
                Math.max(0, server.bytesSince(confirmed)),
                progress.sessions(),
                progress.streamingSince(),
                retained(progress.retained()),
                progress.lastError(),
                progress.gap(),
                failover(progress.failoverMissing()),
                engine.unavailable(),
                engine.subscriptions().stream().map(Realtime::subscription).toList(),
                engine.live().progress().stream()
                        .map(live -> new RealtimeStatus.Live(live.entity(), live.subscriptions(), live.counts()))
                        .toList());
    }

    private static RealtimeStatus.@Nullable RetainedWal retained(@Nullable RetainedWal found) {
        return found == null
                ? null
                : new RealtimeStatus.RetainedWal(
                        found.bytes(), found.isOverBudget(), found.walStatus(), found.safeBytes(), found.at());
    }

    private static RealtimeStatus.@Nullable Failover failover(@Nullable List<String> missing) {
        return missing == null ? null : new RealtimeStatus.Failover(missing.isEmpty(), missing);
    }

    private static RealtimeStatus.Subscription subscription(SubscriptionProgress progress) {
        return new RealtimeStatus.Subscription(
                progress.name(),
                RealtimeStatus.SubscriptionState.valueOf(progress.state().name()),
                Lsn.of(progress.position()),
                progress.handled(),
                progress.skipped(),
                progress.parked(),
                progress.covered(),
                progress.queued(),
                progress.failures(),
                progress.overdueSince(),
                progress.lastError());
    }

    /**
     * What the server has and lacks for this stream.
     *
     * @return asks the server anew at each call
     */
    public RealtimeSetup setup() {
        return setup;
    }

    /**
     * The events that subscriptions have put aside: see {@link dev.realtime.event.Retry#thenPark}.
     *
     * @return lists, replays and discards them; each call throws a {@link ConfigurationException} where neither a
     *     subscription parks nor {@link RealtimeBuilder#deadLetters} was called
     */
    public DeadLetters deadLetters() {
        return engine.deadLetters();
    }

    /**
     * Live changes of an entity, for who can do without some of them: a screen, a cache. A live subscription begins when it
     * is made, and has no place that is kept: PostgreSQL keeps nothing for it, nothing ever waits for it, neither the
     * handlers nor a stop, and what it is too slow for it misses, as its policy has it. That is never silent: see {@link
     * LiveItem}.
     *
     * <p>Each subscriber is a subscription of its own, with entities of its own; the {@link Flow.Subscription} that it is
     * given is a {@link LiveSubscription}. It is called on one of a few threads that all live subscriptions share, and must
     * not wait for anything there; {@code onSubscribe} is called by {@code subscribe} itself. What is committed after that
     * comes, perhaps behind the rest of a transaction that was on its way. The order is that of commits. After a broken
     * connection the stream goes on behind what it has brought: no change comes twice. When the stream is stopped,
     * subscribers get what waits as far as they have asked for it, for a second at most, and then {@code onComplete}; where
     * it fails, {@code onError} with the reason.
     *
     * @param entity a registered entity
     * @param overflow how much may wait for each subscriber, and what becomes of what is more
     * @param <T> the entity
     * @return a publisher for any number of subscribers
     * @throws ConfigurationException where the entity is not registered
     */
    public <T> Flow.Publisher<LiveItem<T>> live(Class<T> entity, Overflow overflow) {
        return engine.live().publisher(indexOf(entity), overflow);
    }

    /**
     * As {@link #live(Class, Overflow)}, with a handler that always wants more.
     *
     * @param entity a registered entity
     * @param overflow how much may wait for the handler, and what becomes of what is more
     * @param handler the application's code; it must not wait for anything
     * @param <T> the entity
     * @return the subscription, to be closed; the end of the stream ends it too
     * @throws ConfigurationException where the entity is not registered
     */
    public <T> LiveSubscription live(Class<T> entity, Overflow overflow, LiveHandler<T> handler) {
        return engine.live().handle(indexOf(entity), overflow, handler);
    }

    private int indexOf(Class<?> entity) {
        int index = engine.live().indexOf(entity);
        if (index < 0) {
            throw new ConfigurationException(entity.getName() + " is not registered: add it to register(...)");
        }
        return index;
    }

    /**
     * Pauses a subscription: it finishes the event it is at, then begins nothing until it is resumed. Its place is held,
     * so PostgreSQL keeps its log for it; the others go on.
     *
     * @param subscription its name
     * @throws ConfigurationException where no subscription has the name
     */
    public void pause(String subscription) {
        require(subscription, engine.pause(subscription));
    }

    /**
     * Lets a subscription that was paused, or that its policy has stopped, go on from its place. It catches up by itself.
     *
     * @param subscription its name
     * @throws ConfigurationException where no subscription has the name
     * @throws dev.realtime.error.GapException where its claim was dropped (see {@link RealtimeBuilder#maxRetainedWal}), or
     *     its stored position is gone or another server's
     */
    public void resume(String subscription) {
        require(subscription, engine.resume(subscription));
    }

    /**
     * Forgets the stored position of a subscription that will not come back: see {@link RealtimeBuilder#offsets()}. If it
     * comes back all the same, it begins where the slot stands then.
     *
     * @param subscription its name; none that this stream has
     * @return false where nothing was stored of it
     * @throws ConfigurationException where this stream has the subscription
     */
    public boolean forget(String subscription) {
        if (engine.subscriptions().stream().anyMatch(known -> known.name().equals(subscription))) {
            throw new ConfigurationException("Subscription " + subscription + " runs: it cannot be forgotten");
        }
        return engine.forget(subscription);
    }

    private void require(String subscription, boolean found) {
        if (!found) {
            throw new ConfigurationException("No subscription is named " + subscription + "; there are "
                    + engine.subscriptions().stream()
                            .map(SubscriptionProgress::name)
                            .toList());
        }
    }

    /**
     * Waits until every durable subscription has handled everything that was committed before the call, by whomever. What is
     * committed later is not waited for. It takes a moment even where nothing is left to do: a mark is written into the
     * server's log (some 100 bytes, which no handler sees), and the stream is read up to there.
     *
     * <p>A subscription that is paused, or that its policy has stopped, will not handle anything until it is resumed. Where
     * one is behind, the answer is false at once, and {@link #status} tells which; resume it and ask again.
     *
     * @param timeout how long to wait at most; while the server cannot be reached it is asked again
     * @return true where everything is handled; false where the time is over, a subscription that is behind is paused or
     *     stopped, or the stream has ended
     * @throws IllegalStateException where a handler calls it: it would wait for itself
     * @throws InterruptedException where the calling thread is interrupted
     * @throws dev.realtime.error.RealtimeException where the server could not be asked how far its log is
     */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return engine.awaitCaughtUp(timeout);
    }

    /**
     * Stops in order: handlers finish the transactions they have begun, what is finished is confirmed, the connection is
     * closed. After such a stop nothing comes twice, unless a subscription was left behind: paused, stopped, catching up, or
     * interrupted because it took too long. Called from a handler it only begins to stop and returns. May be
     * called again.
     *
     * @param timeout how long handlers may take; one that takes longer is interrupted, and what it was at comes again
     *     after the next start
     */
    public void stop(Duration timeout) {
        engine.stop(timeout);
    }

    /**
     * Stops within the time that {@link RealtimeBuilder#stopTimeout} gave; ten seconds if it did not. Throws nothing.
     *
     */
    @Override
    public void close() {
        stop(stopTimeout);
    }
}
