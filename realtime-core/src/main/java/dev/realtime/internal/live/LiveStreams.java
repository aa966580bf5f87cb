package dev.realtime.internal.live;

import dev.realtime.event.LiveHandler;
import dev.realtime.event.LiveItem;
import dev.realtime.event.LiveSubscription;
import dev.realtime.event.Overflow;
import dev.realtime.internal.binding.BoundChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live subscriptions of a stream. Thread-safe, but for what is said to be the reader's. */
public final class LiveStreams {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    /** After so many changes the distributor rests for a moment, so that it is not woken for every few of a flood. */
    private static final int MANY = 64;

    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String slot;
    private final List<Class<?>> types;
    private final List<LiveLog> logs;
    private final Inbox inbox;
    private final LiveThreads threads;
    private @Nullable Thread distributor;
    private boolean ended;
    private @Nullable Throwable endError;

    /** Confined to the reader. */
    private List<BoundChange<?>> gathered = new ArrayList<>();

    /**
     * No subscription yet.
     *
     * @param slot names the threads
     * @param entities the registered entities in their order, with their names
     */
    public LiveStreams(String slot, Map<Class<?>, String> entities) {
        this(slot, entities, new Memory());
    }

    LiveStreams(String slot, Map<Class<?>, String> entities, Memory memory) {
        this.slot = slot;
        this.types = List.copyOf(entities.keySet());
        this.logs = entities.values().stream()
                .map(entity -> new LiveLog(entity, memory))
                .toList();
        this.inbox = new Inbox(entities.size(), memory.ofInbox());
        this.threads = new LiveThreads(slot);
    }

    /**
     * How many entities there are.
     *
     * @return the number of registered entities
     */
    public int entities() {
        return logs.size();
    }

    /**
     * Which registered entity a class is.
     *
     * @param entity a class
     * @return its number; -1 where it is none
     */
    public int indexOf(Class<?> entity) {
        return types.indexOf(entity);
    }

    // The reader's side

    /**
     * Whether anyone has a live subscription to an entity. Confined to the reader.
     *
     * @param entity its number
     * @return false where its changes need not be gathered
     */
    public boolean isWatched(int entity) {
        return logs.get(entity).isWatched();
    }

    /**
     * Gathers a change of a watched entity. Confined to the reader.
     *
     * @param change the change
     */
    public void row(BoundChange<?> change) {
        gathered.add(change);
    }

    /** Hands over what has gathered; it never waits. Confined to the reader. */
    public void flush() {
        if (!gathered.isEmpty()) {
            inbox.put(gathered);
            gathered = new ArrayList<>();
        }
    }

    // Anyone's side

    /**
     * A publisher of an entity's changes; each subscriber is a live subscription of its own.
     *
     * @param entity its number
     * @param overflow what becomes of changes that a subscriber is too slow for
     * @param <T> the entity
     * @return the publisher
     */
    public <T> Flow.Publisher<LiveItem<T>> publisher(int entity, Overflow overflow) {
        Objects.requireNonNull(overflow, "overflow");
        return subscriber -> subscribe(entity, overflow, Objects.requireNonNull(subscriber, "subscriber"));
    }

    /**
     * A live subscription with a handler.
     *
     * @param entity its number
     * @param overflow what becomes of changes that the handler is too slow for
     * @param handler the application's code
     * @param <T> the entity
     * @return the subscription, to be closed
     */
    public <T> LiveSubscription handle(int entity, Overflow overflow, LiveHandler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        return subscribe(entity, Objects.requireNonNull(overflow, "overflow"), new HandlerSubscriber<T>(handler));
    }

    private <T> LiveFlow<T> subscribe(int entity, Overflow overflow, Flow.Subscriber<? super LiveItem<T>> subscriber) {
        distribute();
        LiveFlow<T> flow = new LiveFlow<>(logs.get(entity), overflow, threads, subscriber);
        flow.start();
        return flow;
    }

    private synchronized void distribute() {
        if (distributor == null && !ended) {
            distributor = new Thread(this::run, "realtime-" + slot + "-live");
            distributor.setDaemon(true);
            distributor.start();
        }
    }

    private void run() {
        try {
            int sinceRest = 0;
            Inbox.Post post;
            while ((post = inbox.take()) != null) {
                for (int entity = 0; entity < logs.size(); entity++) {
                    deliver(entity, post);
                }
                sinceRest += post.changes().size();
                if (sinceRest >= MANY && inbox.isEmpty()) {
                    LockSupport.parkNanos(REST_NANOS);
                    sinceRest = 0;
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("The live subscriptions of slot {} were interrupted", slot);
        } catch (Throwable error) {
            LOG.error("The live subscriptions of slot {} end", slot, error);
            end(error);
        } finally {
            finish();
        }
    }

    private void deliver(int entity, Inbox.Post post) {
        List<BoundChange<?>> changes = new ArrayList<>();
        for (BoundChange<?> change : post.changes()) {
            if (change.binding().entityIndex() == entity) {
                changes.add(change);
            }
        }
        long missed = post.missed()[entity];
        if (missed > 0 || !changes.isEmpty()) {
            logs.get(entity).append(missed, changes);
        }
    }

    /**
     * How the subscriptions are doing.
     *
     * @return one for each entity, in their order
     */
    public List<LiveProgress> progress() {
        return logs.stream().map(LiveLog::progress).toList();
    }

    /**
     * Nothing more will come. Subscribers that have asked for what waits may still get it for a moment, then all are told
     * the end; nobody waits for them. May be called again: the first end counts.
     *
     * @param error why; null where the stream was stopped
     */
    public synchronized void end(@Nullable Throwable error) {
        if (!ended) {
            ended = true;
            endError = error;
            inbox.close();
            if (distributor == null) {
                finish();
            } // else it finishes when it has delivered what the reader left
        }
    }

    private void finish() {
        Throwable error;
        synchronized (this) {
            ended = true;
            error = endError;
        }
        logs.forEach(log -> log.end(error));
        threads.end();
    }
}
