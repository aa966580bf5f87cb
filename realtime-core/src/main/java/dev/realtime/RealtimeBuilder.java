package dev.realtime;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConfigurationException;
import dev.realtime.event.EventHandler;
import dev.realtime.event.Gap;
import dev.realtime.event.GapPolicy;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.TransactionHandler;
import dev.realtime.mapping.EntityMappings;
import dev.realtime.setup.SlotPolicy;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a stream of entity events; {@link #start} opens it. Names that PostgreSQL does not allow and classes that are
 * no entities are refused before anything is sent. To be used by one thread at a time.
 */
public final class RealtimeBuilder extends StreamOptions {

    private final EntitySelection entities;
    private final Subscriptions subscriptions = new Subscriptions();
    private final OwnTables ownTables = new OwnTables();
    private final SlotChoice slot = new SlotChoice();
    private @Nullable Coordinates coordinates;
    private @Nullable String publication;
    private @Nullable String defaultSchema;

    RealtimeBuilder(List<Class<?>> entities) {
        this.entities = new EntitySelection(entities);
    }

    @Override
    RealtimeBuilder self() {
        return this;
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
        slot.named(name, policy);
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
        slot.failover();
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
        slot.temporary();
        return this;
    }

    /**
     * Stands by where another instance of the application streams from the slot: {@link #start} returns, the status says
     * {@link RealtimeStatus.State#STANDBY}, and this instance takes over within a second or two after the other one has gone,
     * or after the server has given it up ({@link #walSenderTimeout}). What the other one had not confirmed comes again.
     * The slot itself is the lock. Without it {@link #start} fails after its time.
     *
     * <p>An instance that was displaced, as after a long pause, stands by again. Where positions are stored ({@link
     * RealtimeBuilder#offsets()}), its handlers are fenced off first; without this it ends with a {@link
     * dev.realtime.error.FencedException}. Taking over waits for transactions of the instance before that have stored a
     * position and are still open: {@code idle_in_transaction_session_timeout}, set for the application's role, bounds that
     * (manual, section 20.11).
     *
     * @return this
     */
    public RealtimeBuilder standby() {
        slot.standby();
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
        slot.instance(name);
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
     * Asks the database for the class of an entity where a change does not tell it: of a JOINED hierarchy without a
     * discriminator column, one whose discriminator is a formula, or where an update changed a table alone that several
     * classes share. Without it such hierarchies are refused. It takes a connection of the application's own pool, on the
     * thread of the subscription, for each such change; the answer is the class that the entity has today. Where it is gone
     * by now, the event's {@code entityType()} is what its possible classes have in common, and where that is abstract, its
     * {@code after()} throws a {@link dev.realtime.error.MappingException}.
     *
     * @param wanted registered entities
     * @return this
     */
    public RealtimeBuilder lookUpClasses(Class<?>... wanted) {
        entities.lookUpClasses(List.of(wanted));
        return this;
    }

    /**
     * Rows of an entity are marked as deleted by an attribute, as {@code @SQLDelete} and {@code @SQLRestriction} have it: an
     * update that sets it arrives as a {@linkplain dev.realtime.event.Delete#soft() soft} delete. Where the old row comes
     * whole ({@link #fullImages}), one that takes it away arrives as an insert, and further changes of a row that is marked
     * are not told; otherwise they are updates and deletes. {@code @SoftDelete} needs no word here.
     *
     * @param entity a registered entity
     * @param attribute a boolean that is true, or another attribute that is not null, where the row is deleted
     * @return this
     */
    public RealtimeBuilder softDelete(Class<?> entity, String attribute) {
        entities.softDelete(entity, Objects.requireNonNull(attribute, "attribute"));
        return this;
    }

    /**
     * What the server has and lacks for this stream, without starting it: {@link RealtimeSetup#plan} is the dry run.
     *
     * @return asks the server anew at each call
     */
    public RealtimeSetup setup() {
        return assembly().setup();
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
        return assembly().start();
    }

    private Assembly assembly() {
        return new Assembly(
                coordinates,
                slot,
                publication == null ? slot.name() : publication,
                defaultSchema,
                entities,
                subscriptions,
                ownTables,
                this);
    }
}
