package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.event.Gap;
import dev.realtime.event.GapPolicy;
import dev.realtime.event.Overtime;
import dev.realtime.event.Signal;
import dev.realtime.event.SignalHandler;
import dev.realtime.event.WalRetention;
import dev.realtime.internal.bus.HandlerTimeout;
import dev.realtime.internal.bus.QueueLimits;
import dev.realtime.internal.engine.Continuity;
import dev.realtime.internal.engine.EngineSettings;
import dev.realtime.internal.engine.RetentionBudget;
import dev.realtime.internal.replication.SessionSettings;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SlotPolicy;
import dev.realtime.setup.Startup;
import dev.realtime.type.TypeRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a stream works: all that has a default which is right for most. To be used by one thread at a time. */
abstract sealed class StreamOptions permits RealtimeBuilder {

    private SetupMode setupMode = SetupMode.APPLY;
    private Startup startup = Startup.WAIT;
    private TypeRegistry types = TypeRegistry.standard();
    private boolean binary;
    private Duration startTimeout = Duration.ofSeconds(10);
    private Duration stopTimeout = Duration.ofSeconds(10);
    private Duration walSenderTimeout = Duration.ofSeconds(10);
    private Duration detachAfter = Duration.ofSeconds(2);
    private @Nullable RetentionBudget retention;
    private Duration retentionInterval = Duration.ofSeconds(10);
    private @Nullable HandlerTimeout handlerTimeout;
    private GapPolicy gapPolicy = GapPolicy.STOP;
    private QueueLimits queues = new QueueLimits(1024, 16L << 20);
    private final List<SignalHandler<? super Signal>> signalHandlers = new ArrayList<>();

    StreamOptions() {}

    abstract RealtimeBuilder self();

    /**
     * Is told of each gap: changes that cannot be delivered any more, before any change behind them is. Its return is waited
     * for, on a thread of its own. May be called several times; all are told.
     *
     * @param handler brings up to date whatever depends on the events, or tells somebody
     * @return this
     */
    public RealtimeBuilder onGap(SignalHandler<Gap> handler) {
        Objects.requireNonNull(handler, "handler");
        return onSignal(signal -> {
            if (signal instanceof Gap gap) {
                handler.handle(gap);
            }
        });
    }

    /**
     * Is told of all that the stream says of itself: where it begins, gaps, changes of the publication. Its return is waited
     * for, on a thread of its own. May be called several times; all are told.
     *
     * @param handler takes note
     * @return this
     */
    public RealtimeBuilder onSignal(SignalHandler<? super Signal> handler) {
        signalHandlers.add(Objects.requireNonNull(handler, "handler"));
        return self();
    }

    /**
     * What the stream does behind a gap, once it was told. By default it stops.
     *
     * @param policy stop, or go on; to go on, somebody must be told, by {@link #onGap} or {@link #onSignal}
     * @return this
     */
    public RealtimeBuilder gaps(GapPolicy policy) {
        gapPolicy = Objects.requireNonNull(policy, "policy");
        return self();
    }

    /**
     * What {@link RealtimeBuilder#start} does about a server that lacks something. By default it is added.
     *
     * @param mode add it, or fail with the SQL
     * @return this
     */
    public RealtimeBuilder setup(SetupMode mode) {
        setupMode = Objects.requireNonNull(mode, "mode");
        return self();
    }

    /**
     * The decoders of PostgreSQL's types.
     *
     * @param registry {@link TypeRegistry#builder} makes one with decoders of the application's own
     * @return this
     */
    public RealtimeBuilder types(TypeRegistry registry) {
        types = Objects.requireNonNull(registry, "registry");
        return self();
    }

    /**
     * Asks PostgreSQL for values in binary form, which takes less work to read where a table has many numbers and moments.
     * Events are the same. What the type's own binary form does not tell is a clear error of its attribute: of the {@code
     * reg...} types, and of types that are neither PostgreSQL's own nor of its hstore, citext and ltree, unless {@link
     * TypeRegistry.Builder#registerBinary} has a decoder. A type without a send function comes as text all the same; where
     * it stands in an array, a composite or a range, the server ends the stream, and this option cannot be used.
     *
     * @return this
     */
    public RealtimeBuilder binary() {
        binary = true;
        return self();
    }

    /**
     * How many changes may wait for each handler; when so many do, reading pauses, and PostgreSQL keeps the rest.
     *
     * @param changes at least 1; 1,024 by default, and no more than about 16 MB of rows
     * @return this
     */
    public RealtimeBuilder queueCapacity(int changes) {
        if (changes < 1) {
            throw new ConfigurationException("queueCapacity must be at least 1, not " + changes);
        }
        queues = new QueueLimits(changes, queues.bytes());
        return self();
    }

    /**
     * How long a subscription whose queue is full may hold the others up, at once or in all until it keeps up again. Then
     * it leaves the shared stream, and when it can go on it catches up over a connection of its own, which takes one more
     * replication slot and walsender of the server while it lasts. Where every subscription is full, reading pauses.
     *
     * @param patience two seconds by default
     * @return this
     */
    public RealtimeBuilder detachAfter(Duration patience) {
        detachAfter = positive("detachAfter", patience);
        return self();
    }

    /**
     * How much of its log the server may keep for the slot. It is asked every ten seconds; where it is more, a warning says so
     * once, until it was less again, and {@link RealtimeStatus#retainedWal} tells it. Mind that the server keeps log for a
     * transaction that is open too, whoever is at fault: then no subscription loses its claim.
     *
     * @param bytes at least a megabyte; set {@code max_slot_wal_keep_size} of the server higher, if at all
     * @param beyond what becomes of the subscriptions that hold more than that at two looks in a row
     * @return this
     */
    public RealtimeBuilder maxRetainedWal(long bytes, WalRetention beyond) {
        if (bytes < 1 << 20) {
            throw new ConfigurationException("maxRetainedWal must be at least a megabyte, not " + bytes + " bytes");
        }
        retention = new RetentionBudget(bytes, Objects.requireNonNull(beyond, "beyond"), retentionInterval);
        return self();
    }

    /** How often the server is asked how much log it keeps; to be called first. */
    RealtimeBuilder lookingAtRetention(Duration interval) {
        retentionInterval = interval;
        return self();
    }

    /**
     * Whether {@link RealtimeBuilder#start} waits until changes stream. By default it does. What this builder itself can tell to be wrong is
     * thrown by {@link RealtimeBuilder#start} at once, whichever is said here.
     *
     * @param mode wait, or go on in the background
     * @return this
     */
    public RealtimeBuilder startup(Startup mode) {
        startup = Objects.requireNonNull(mode, "mode");
        return self();
    }

    /**
     * How long one call of a handler should take at most. One that takes longer is told once, with what its thread is doing,
     * and shows in the status while it lasts; it is never passed over. For every subscription that does not
     * say otherwise.
     *
     * @param timeout positive, no more than a day; there is none by default
     * @param then whether it goes on, or is interrupted
     * @return this
     */
    public RealtimeBuilder handlerTimeout(Duration timeout, Overtime then) {
        handlerTimeout = handlerTimeoutOf(timeout, then);
        return self();
    }

    static HandlerTimeout handlerTimeoutOf(Duration timeout, Overtime then) {
        return new HandlerTimeout(positive("handlerTimeout", timeout), Objects.requireNonNull(then, "then"));
    }

    /**
     * The longest {@link RealtimeBuilder#start} may take, and one attempt at it in the background.
     *
     * @param timeout ten seconds by default
     * @return this
     */
    public RealtimeBuilder startTimeout(Duration timeout) {
        startTimeout = positive("startTimeout", timeout);
        return self();
    }

    /**
     * How long {@link Realtime#close} lets handlers finish.
     *
     * @param timeout ten seconds by default
     * @return this
     */
    public RealtimeBuilder stopTimeout(Duration timeout) {
        stopTimeout = positive("stopTimeout", timeout);
        return self();
    }

    /**
     * After how long without a sign of life the server drops our session: set for the session, so that the server's own
     * {@code wal_sender_timeout} does not matter. Signs of life are sent three times as often, whatever handlers do.
     *
     * @param timeout ten seconds by default
     * @return this
     */
    public RealtimeBuilder walSenderTimeout(Duration timeout) {
        walSenderTimeout = positive("walSenderTimeout", timeout);
        return self();
    }

    private static Duration positive(String name, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new ConfigurationException(name + " must be positive and no more than a day, not " + timeout);
        }
        return timeout;
    }

    TypeRegistry types() {
        return types;
    }

    List<SignalHandler<? super Signal>> signalHandlers() {
        return signalHandlers;
    }

    Duration startTimeout() {
        return startTimeout;
    }

    Duration stopTimeout() {
        return stopTimeout;
    }

    @Nullable
    HandlerTimeout handlerTimeout() {
        return handlerTimeout;
    }

    /**
     * Refuses to go on behind gaps where that cannot be.
     *
     * @param slot may be created anew
     * @param isStored whether positions are stored
     */
    void checkGapPolicy(SlotPolicy slot, boolean isStored) {
        if (gapPolicy != GapPolicy.STOP && signalHandlers.isEmpty()) {
            throw new ConfigurationException(
                    "GapPolicy." + gapPolicy
                            + " lets the stream go on behind a gap: declare with onGap(...) or onSignal(...) who is told of it");
        }
        if (gapPolicy.compareTo(GapPolicy.RECREATE_AND_REPORT) >= 0 && slot == SlotPolicy.REQUIRE) {
            throw new ConfigurationException(
                    "GapPolicy." + gapPolicy + " creates the slot anew, SlotPolicy.REQUIRE never does: choose one");
        }
        if (gapPolicy == GapPolicy.ACCEPT_REWIND && !isStored) {
            throw new ConfigurationException(
                    "GapPolicy.ACCEPT_REWIND lets positions repeat with other changes: event ids"
                            + " tell these apart by a number that is kept with the stored positions. Ask for these with"
                            + " offsets()");
        }
    }

    /** The same for the engine, which streams from a slot. */
    EngineSettings settings(SlotChoice slot) {
        return new EngineSettings(
                setupMode,
                startup,
                startTimeout,
                SessionSettings.of(slot.applicationName(), walSenderTimeout).binary(binary),
                queues,
                retention,
                detachAfter,
                new Continuity(gapPolicy, slot.standsBy(), slot.isNamed()));
    }
}
