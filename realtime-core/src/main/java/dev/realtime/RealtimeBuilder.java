package dev.realtime;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConfigurationException;
import dev.realtime.event.EventHandler;
import dev.realtime.event.Gap;
import dev.realtime.event.GapPolicy;
import dev.realtime.event.Overtime;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Signal;
import dev.realtime.event.SignalHandler;
import dev.realtime.event.TransactionHandler;
import dev.realtime.event.WalRetention;
import dev.realtime.internal.bus.HandlerTimeout;
import dev.realtime.internal.bus.QueueLimits;
import dev.realtime.internal.bus.SubscriptionSpec;
import dev.realtime.internal.connection.ConnectorSettings;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.internal.engine.Capture;
import dev.realtime.internal.engine.Continuity;
import dev.realtime.internal.engine.Engine;
import dev.realtime.internal.engine.EngineSettings;
import dev.realtime.internal.engine.OffsetPlan;
import dev.realtime.internal.engine.RetentionBudget;
import dev.realtime.internal.replication.SessionSettings;
import dev.realtime.internal.setup.ServerSetup;
import dev.realtime.internal.setup.SetupRequest;
import dev.realtime.internal.setup.WantedSlot;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.EntityMappings;
import dev.realtime.setup.SetupMode;
import dev.realtime.setup.SlotPolicy;
import dev.realtime.setup.Startup;
import dev.realtime.type.TypeRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a stream of entity events; {@link #start} opens it. Names that PostgreSQL does not allow and classes that are
 * no entities are refused before anything is sent. To be used by one thread at a time.
 */
public final class RealtimeBuilder {

    private static final int LONGEST_NAME = 63;

    private final EntitySelection entities;
    private final Subscriptions subscriptions = new Subscriptions();
    private @Nullable Coordinates coordinates;
    private WantedSlot slot = new WantedSlot("realtime", SlotPolicy.CREATE_WITH_PUBLICATION);
    private @Nullable String publication;
    private @Nullable String defaultSchema;
    private final OwnTables ownTables = new OwnTables();
    private SetupMode setupMode = SetupMode.APPLY;
    private Startup startup = Startup.WAIT;
    private TypeRegistry types = TypeRegistry.standard();
    private Duration startTimeout = Duration.ofSeconds(10);
    private Duration stopTimeout = Duration.ofSeconds(10);
    private Duration walSenderTimeout = Duration.ofSeconds(10);
    private Duration detachAfter = Duration.ofSeconds(2);
    private @Nullable RetentionBudget retention;
    private Duration retentionInterval = Duration.ofSeconds(10);
    private @Nullable HandlerTimeout handlerTimeout;
    private final List<SignalHandler<? super Signal>> signalHandlers = new ArrayList<>();
    private boolean temporary;
    private boolean standby;
    private boolean failover;
    private @Nullable String instance;
    private GapPolicy gapPolicy = GapPolicy.STOP;
    private QueueLimits queues = new QueueLimits(1024, 16L << 20);

    RealtimeBuilder(List<Class<?>> entities) {
        this.entities = new EntitySelection(entities);
    }

    /**
     * Where the mappings come from, and the database's coordinates too where its DataSource tells them. The module that
     * knows the ORM (such as {@code realtime-hibernate}) is found on the class path. No connection is taken from the pool.
     *
     * @param entityManagerFactory the application's persistence unit
     * @return this
     * @throws ConfigurationException where no module on the class path knows this ORM
     */
    public RealtimeBuilder from(EntityManagerFactory entityManagerFactory) {
        entities.mappings(Discovery.mappings(entityManagerFactory));
        if (coordinates == null) {
            coordinates = Discovery.coordinates(entityManagerFactory);
        }
        return this;
    }

    /**
     * Where the mappings come from, without an ORM.
     *
     * @param mappings the application's own
     * @return this
     */
    public RealtimeBuilder from(EntityMappings mappings) {
        entities.mappings(mappings);
        return this;
    }

    /**
     * The database, and a role for replication. The connection is the stream's own, outside every pool. Away from the own
     * machine it is encrypted and the server's certificate is checked ({@code sslmode=verify-full}), unless the URL names
     * another {@code sslmode}.
     *
     * @param url {@code jdbc:postgresql://host/database}: PostgreSQL itself, no pooler
     * @param user a role with LOGIN and REPLICATION
     * @param password asked at each connect, so that a rotated secret is picked up
     * @return this
     */
    public RealtimeBuilder connectingTo(String url, String user, Supplier<? extends @Nullable String> password) {
        return connectingTo(Coordinates.of(url, user, password));
    }

    /**
     * The database, and a role for replication.
     *
     * @param database asked at each connect
     * @return this
     */
    public RealtimeBuilder connectingTo(Coordinates database) {
        this.coordinates = Objects.requireNonNull(database, "database");
        return this;
    }

    /**
     * The replication slot: PostgreSQL's memory of how far this application is, over restarts. One application streams
     * from it at a time. Its default name is {@code realtime}.
     *
     * @param name 1 to 63 lower-case letters, digits and underscores
     * @return this
     * @throws ConfigurationException where PostgreSQL does not allow the name
     */
    public RealtimeBuilder slot(String name) {
        return slot(name, SlotPolicy.CREATE_WITH_PUBLICATION);
    }

    /**
     * The replication slot, and whether it may be created where it is missing.
     *
     * @param name 1 to 63 lower-case letters, digits and underscores
     * @param policy when it may be created
     * @return this
     * @throws ConfigurationException where PostgreSQL does not allow the name
     */
    public RealtimeBuilder slot(String name, SlotPolicy policy) {
        slot = new WantedSlot(name, policy);
        return this;
    }

    /**
     * Lets physical standbys keep the slot too (PostgreSQL 17 and later): after the promotion of one the stream goes on there,
     * and loses nothing. The URL names all hosts. The standby needs {@code sync_replication_slots = on}, {@code
     * hot_standby_feedback = on}, a {@code primary_slot_name} and a database in {@code primary_conninfo}; the primary {@code
     * synchronized_standby_slots}, without which a promoted standby may lack what was handled. {@link
     * RealtimeStatus#failover()} tells what is not ready. A slot that is there already is altered.
     *
     * @return this
     */
    public RealtimeBuilder failover() {
        failover = true;
        return this;
    }

    /**
     * A slot that lives as long as the connection, for what every node must see, such as the invalidation of a cache: many
     * instances stream at once, each from now on, and nothing is kept for them. Where the connection breaks, what is
     * committed meanwhile is lost to this instance: a {@link Gap}, behind which the stream goes on with {@link
     * GapPolicy#REPORT}. The name given by {@link #slot(String)} is what the slot's name begins with.
     *
     * @return this
     */
    public RealtimeBuilder temporarySlot() {
        temporary = true;
        return this;
    }

    /**
     * Stands by where another instance of the application streams from the slot: {@link #start} returns, the status says
     * {@link RealtimeStatus.State#STANDBY}, and this instance takes over within a second or two after the other one has gone,
     * or after the server has given it up ({@link #walSenderTimeout}). What the other one had not confirmed comes again.
     * The slot itself is the lock. Without it {@link #start} fails after its time.
     *
     * @return this
     */
    public RealtimeBuilder standby() {
        standby = true;
        return this;
    }

    /**
     * Names this instance, differently from all others that run at the same time: a session on the slot that bears the same
     * name is then one of our own that the server has not yet noticed to be dead, and is ended with {@code
     * pg_terminate_backend} instead of waited for. A session of any other name is never ended. The role must be the same, or
     * a member of {@code pg_signal_backend}.
     *
     * @param name letters, digits, '-', '_' and '.', such as the name of the host; with the slot's name at most 53 characters
     * @return this
     * @throws ConfigurationException where the name has other characters
     */
    public RealtimeBuilder instance(String name) {
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw new ConfigurationException("\"" + name
                    + "\" cannot be the name of an instance: it may have letters, digits," + " '-', '_' and '.'");
        }
        instance = name;
        return this;
    }

    /**
     * The publication: which tables are streamed. Its default name is the slot's.
     *
     * @param name any name that PostgreSQL allows
     * @return this
     */
    public RealtimeBuilder publication(String name) {
        publication = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * The schema of the tables whose mapping names none. Without it such a table must be the only one of its name, or be
     * found on the role's search path.
     *
     * @param name the schema
     * @return this
     */
    public RealtimeBuilder defaultSchema(String name) {
        defaultSchema = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * The table for events that subscriptions put aside ({@link dev.realtime.event.Retry#thenPark}), in the application's
     * database. By default it is {@code public.realtime_dead_letter}, and is there only where a subscription asks for it;
     * {@link RealtimeSetup} creates it. The streaming role needs SELECT, INSERT and DELETE on it. It is never published. It
     * holds the rows that were put aside: guard it like the tables they come from.
     *
     * @param schema its schema, as the catalogue holds it
     * @param table its name, as the catalogue holds it
     * @return this
     * @throws ConfigurationException where PostgreSQL does not allow the name
     */
    public RealtimeBuilder deadLetters(String schema, String table) {
        ownTables.deadLetters(schema, table);
        return this;
    }

    /**
     * Stores how far each named subscription is, in the application's database: each goes on at its own place after a
     * restart, and what the slot shows is compared with what is stored, so that a slot which was lost, created anew or moved
     * by something else, and a server that went back in time, are noticed at the start too. The tables are {@code
     * public.realtime_offset} and {@code public.realtime_offset_covered}; {@link RealtimeSetup} creates them. The streaming
     * role needs SELECT, INSERT, UPDATE and DELETE on them, and whoever runs the transactions of {@link
     * SubscriptionBuilder#storing} SELECT and UPDATE on the first. They are never published. Recording takes a short
     * connection of the library's own, twice a second while there is work, and hardly ever while there is none.
     *
     * @return this
     */
    public RealtimeBuilder offsets() {
        ownTables.offsets();
        return this;
    }

    /**
     * Stores how far each named subscription is: see {@link #offsets()}.
     *
     * @param schema the tables' schema, as the catalogue holds it
     * @param table the name of the first; that of the second has {@code _covered} behind it
     * @return this
     * @throws ConfigurationException where PostgreSQL does not allow the name
     */
    public RealtimeBuilder offsets(String schema, String table) {
        ownTables.offsets(schema, table);
        return this;
    }

    /**
     * Handles every change of an entity: a durable subscription with a thread and a position of its own. The handler is
     * called with one event at a time, in commit order. Where it throws, the event is offered again after a pause, for as
     * long as it takes, and nothing behind it is confirmed.
     *
     * @param entity a registered entity
     * @param handler the application's code
     * @param <T> the entity
     * @return this
     */
    public <T> RealtimeBuilder on(Class<T> entity, EventHandler<? super RealtimeEvent<T>> handler) {
        return subscribe(entity, subscription -> subscription.each(handler));
    }

    /**
     * Subscribes to an entity: durably, independent of every other subscription.
     *
     * @param entity a registered entity
     * @param description names it, filters, says what becomes of failures, and handles
     * @param <T> the entity
     * @return this
     */
    public <T> RealtimeBuilder subscribe(
            Class<T> entity, Function<SubscriptionBuilder<T>, SubscriptionBuilder<T>> description) {
        entities.requireRegistered(entity);
        SubscriptionBuilder<T> subscription = description.apply(new SubscriptionBuilder<>(entity));
        if (subscription.needsFullImages()) {
            entities.fullImages(List.of(entity));
        }
        subscriptions.add(subscription);
        return this;
    }

    /**
     * Handles whole transactions: the changes of every registered entity, in the order in which they were made. A durable
     * subscription named {@code transactions}. A transaction of more than 1,000 changes comes in chunks.
     *
     * @param handler the application's code
     * @return this
     */
    public RealtimeBuilder onTransaction(TransactionHandler handler) {
        return subscribeTransactions(subscription -> subscription.each(handler));
    }

    /**
     * Subscribes to whole transactions: durably, independent of every other subscription.
     *
     * @param description names it, says how large a chunk may be and what becomes of failures, and handles
     * @return this
     */
    public RealtimeBuilder subscribeTransactions(UnaryOperator<TransactionSubscriptionBuilder> description) {
        subscriptions.add(description.apply(new TransactionSubscriptionBuilder()));
        return this;
    }

    /**
     * Wants the whole old row with every update and delete: REPLICA IDENTITY FULL. The table's writers log more for it.
     *
     * @param wanted registered entities
     * @return this
     */
    public RealtimeBuilder fullImages(Class<?>... wanted) {
        entities.fullImages(List.of(wanted));
        return this;
    }

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
        return this;
    }

    /**
     * What the stream does behind a gap, once it was told. By default it stops.
     *
     * @param policy stop, or go on; to go on, somebody must be told, by {@link #onGap} or {@link #onSignal}
     * @return this
     */
    public RealtimeBuilder gaps(GapPolicy policy) {
        gapPolicy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * What {@link #start} does about a server that lacks something. By default it is added.
     *
     * @param mode add it, or fail with the SQL
     * @return this
     */
    public RealtimeBuilder setup(SetupMode mode) {
        setupMode = Objects.requireNonNull(mode, "mode");
        return this;
    }

    /**
     * The decoders of PostgreSQL's types.
     *
     * @param registry {@link TypeRegistry#builder} makes one with decoders of the application's own
     * @return this
     */
    public RealtimeBuilder types(TypeRegistry registry) {
        types = Objects.requireNonNull(registry, "registry");
        return this;
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
        return this;
    }

    /**
     * How long a subscription whose queue is full may hold the others up. Then it leaves the shared stream, and when it can
     * go on it catches up over a connection of its own, which takes one more replication slot and walsender of the server
     * while it lasts. Where every subscription is full, reading pauses.
     *
     * @param patience two seconds by default
     * @return this
     */
    public RealtimeBuilder detachAfter(Duration patience) {
        detachAfter = positive("detachAfter", patience);
        return this;
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
        return this;
    }

    /** How often the server is asked how much log it keeps; to be called first. */
    RealtimeBuilder lookingAtRetention(Duration interval) {
        retentionInterval = interval;
        return this;
    }

    /**
     * Whether {@link #start} waits until changes stream. By default it does. What this builder itself can tell to be wrong is
     * thrown by {@link #start} at once, whichever is said here.
     *
     * @param mode wait, or go on in the background
     * @return this
     */
    public RealtimeBuilder startup(Startup mode) {
        startup = Objects.requireNonNull(mode, "mode");
        return this;
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
        return this;
    }

    static HandlerTimeout handlerTimeoutOf(Duration timeout, Overtime then) {
        return new HandlerTimeout(positive("handlerTimeout", timeout), Objects.requireNonNull(then, "then"));
    }

    /**
     * The longest {@link #start} may take, and one attempt at it in the background.
     *
     * @param timeout ten seconds by default
     * @return this
     */
    public RealtimeBuilder startTimeout(Duration timeout) {
        startTimeout = positive("startTimeout", timeout);
        return this;
    }

    /**
     * How long {@link Realtime#close} lets handlers finish.
     *
     * @param timeout ten seconds by default
     * @return this
     */
    public RealtimeBuilder stopTimeout(Duration timeout) {
        stopTimeout = positive("stopTimeout", timeout);
        return this;
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
        return this;
    }

    /**
     * What the server has and lacks for this stream, without starting it: {@link RealtimeSetup#plan} is the dry run.
     *
     * @return asks the server anew at each call
     */
    public RealtimeSetup setup() {
        PostgresConnector connector = connector(ConnectorSettings.of(applicationName()));
        return new RealtimeSetup(connector::connectControl, new ServerSetup(request()), startTimeout);
    }

    /**
     * Checks the server, makes it ready, opens the stream, and returns when it streams; or before all that, where {@link
     * #startup} says so. Handlers are called once it streams.
     *
     * @return the running stream, to be closed
     * @throws ConfigurationException where this builder asks for what cannot be
     * @throws dev.realtime.error.SetupException where the server lacks something; it says how to mend it
     * @throws dev.realtime.error.ConnectException where the server cannot be reached
     * @throws dev.realtime.error.MappingException where an entity cannot be mapped
     */
    public Realtime start() {
        if (subscriptions.isEmpty()) {
            throw new ConfigurationException(
                    "Nothing handles the changes: declare handlers with on(...) before start(), or they would be confirmed"
                            + " and lost");
        }
        checkGapPolicy();
        checkInstance();
        EngineSettings settings = new EngineSettings(
                setupMode,
                startup,
                startTimeout,
                SessionSettings.of(applicationName(), walSenderTimeout),
                queues,
                retention,
                detachAfter,
                new Continuity(gapPolicy, standby, instance != null));
        Engine engine = new Engine(settings, capture(), connector(patient(settings)), connector(impatient()));
        Realtime realtime = new Realtime(engine, slot.name(), publicationName(), setup(), stopTimeout);
        engine.start();
        return realtime;
    }

    private void checkInstance() {
        if (temporary && ownTables.with(subscriptions.ofEntities()).hasOffsets()) {
            throw new ConfigurationException(
                    "A temporary slot begins anew with each connection: positions that are stored are for a durable one");
        }
        if (applicationName().length() > LONGEST_NAME && instance != null) {
            throw new ConfigurationException("The name of the instance is too long: with the slot's it may have "
                    + (LONGEST_NAME - "realtime:@".length()) + " characters");
        }
        if (temporary && (standby || failover || instance != null)) {
            throw new ConfigurationException(
                    "A temporary slot is one instance's own: standby(), failover() and instance(...) are for a durable one");
        }
    }

    private void checkGapPolicy() {
        if (gapPolicy != GapPolicy.STOP && signalHandlers.isEmpty()) {
            throw new ConfigurationException(
                    "GapPolicy." + gapPolicy
                            + " lets the stream go on behind a gap: declare with onGap(...) or onSignal(...) who is told of it");
        }
        if (gapPolicy == GapPolicy.RECREATE_AND_REPORT && slot.policy() == SlotPolicy.REQUIRE) {
            throw new ConfigurationException(
                    "GapPolicy.RECREATE_AND_REPORT creates the slot anew, SlotPolicy.REQUIRE never does: choose one");
        }
    }

    private ConnectorSettings patient(EngineSettings settings) {
        Duration second = Duration.ofSeconds(1);
        Duration attempt = settings.attemptTimeout();
        Duration connect = attempt.compareTo(second) < 0 ? second : attempt;
        return new ConnectorSettings(applicationName(), connect, connect, Duration.ofSeconds(30));
    }

    private ConnectorSettings impatient() {
        Duration second = Duration.ofSeconds(1);
        return new ConnectorSettings(applicationName(), second, second, second);
    }

    private PostgresConnector connector(ConnectorSettings settings) {
        Coordinates known = coordinates;
        if (known == null) {
            throw new ConfigurationException(
                    "Where the database is cannot be told from the EntityManagerFactory: name it"
                            + " with connectingTo(url, user, password)");
        }
        return new PostgresConnector(known, settings);
    }

    private SetupRequest request() {
        return new SetupRequest(
                publicationName(),
                entities.wanted(),
                temporary ? null : new WantedSlot(slot.name(), slot.policy(), failover),
                defaultSchema,
                ownTables.with(subscriptions.ofEntities()).wanted(null));
    }

    private Capture capture() {
        List<EntityMapping<?>> mappings = entities.mapped();
        OwnTables tables = ownTables.with(subscriptions.ofEntities());
        OffsetPlan positions = tables.plan(slot.name(), subscriptions.ofEntities());
        List<SubscriptionSpec> specs =
                subscriptions.specs(mappings, positions == null ? null : positions.offsets(), handlerTimeout);
        return new Capture(
                slotName(), request(), mappings, types, specs, tables.deadLetterTable(), positions, signalHandlers);
    }

    /** What the names of temporary slots begin with is each stream's own. */
    private String slotName() {
        if (!temporary) {
            return slot.name();
        }
        String own = "_" + UUID.randomUUID().toString().substring(0, 8);
        return slot.name().substring(0, Math.min(slot.name().length(), 48)) + own;
    }

    private String publicationName() {
        return publication == null ? slot.name() : publication;
    }

    private String applicationName() {
        String name = "realtime:" + slot.name();
        return instance == null ? name : name + "@" + instance;
    }

    private static Duration positive(String name, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new ConfigurationException(name + " must be positive and no more than a day, not " + timeout);
        }
        return timeout;
    }
}
