package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.internal.setup.OwnTable;
import dev.realtime.internal.setup.ServerSetup;
import dev.realtime.internal.setup.SetupRequest;
import dev.realtime.internal.setup.WantedSlot;
import dev.realtime.mapping.EntityMappings;
import dev.realtime.setup.SetupPlan;
import dev.realtime.setup.SlotPolicy;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Sets a database up without streaming from it, as the owner of the tables: see {@link Realtime#enable}. To be used by one
 * thread at a time.
 */
public final class RealtimeEnabler {

    private final DataSource owner;
    private final EntitySelection entities;
    private final List<OwnTable> ownTables = new ArrayList<>();
    private String publication = "realtime";
    private @Nullable WantedSlot slot;
    private @Nullable String defaultSchema;
    private Duration timeout = Duration.ofSeconds(10);

    RealtimeEnabler(DataSource owner, List<Class<?>> entities) {
        this.owner = Objects.requireNonNull(owner, "owner");
        this.entities = new EntitySelection(entities);
        this.entities.mappings(new DeclaredTables());
    }

    /**
     * Where the tables' names come from. Without it each entity must say its table with {@code @Table(name = ...)}, since
     * a naming strategy is not known to a migration.
     *
     * @param entityManagerFactory the application's persistence unit
     * @return this
     * @throws ConfigurationException where no module on the class path knows this ORM
     */
    public RealtimeEnabler from(EntityManagerFactory entityManagerFactory) {
        return from(Discovery.mappings(entityManagerFactory));
    }

    /**
     * Where the tables' names come from.
     *
     * @param mappings the application's own
     * @return this
     */
    public RealtimeEnabler from(EntityMappings mappings) {
        entities.mappings(mappings);
        return this;
    }

    /**
     * The publication's name.
     *
     * @param name {@code realtime} by default
     * @return this
     */
    public RealtimeEnabler publication(String name) {
        publication = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Creates the replication slot too, for which the role needs REPLICATION. From then on the server keeps its log for it.
     *
     * @param name 1 to 63 lower-case letters, digits and underscores
     * @return this
     * @throws ConfigurationException where PostgreSQL does not allow the name
     */
    public RealtimeEnabler slot(String name) {
        slot = new WantedSlot(name, SlotPolicy.CREATE);
        return this;
    }

    /**
     * The schema of the tables that name none.
     *
     * @param name the schema
     * @return this
     */
    public RealtimeEnabler defaultSchema(String name) {
        defaultSchema = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets REPLICA IDENTITY FULL for the tables of these entities.
     *
     * @param wanted entities among those to enable
     * @return this
     */
    public RealtimeEnabler fullImages(Class<?>... wanted) {
        entities.fullImages(List.of(wanted));
        return this;
    }

    /**
     * Creates the table for events that subscriptions put aside, {@code public.realtime_dead_letter}, and lets the role
     * that streams use it.
     *
     * @param role the role that streams; it must exist
     * @return this
     */
    public RealtimeEnabler deadLetters(String role) {
        return with(role, OwnTables::deadLetters);
    }

    /**
     * Creates the table for events that subscriptions put aside, and lets the role that streams use it: see {@link
     * RealtimeBuilder#deadLetters}.
     *
     * @param role the role that streams; it must exist, and have USAGE on the schema
     * @param schema the table's schema
     * @param table the table's name
     * @return this
     */
    public RealtimeEnabler deadLetters(String role, String schema, String table) {
        return with(role, tables -> tables.deadLetters(schema, table));
    }

    /**
     * Creates the tables for the positions of subscriptions, and lets the role that streams use them: see {@link
     * RealtimeBuilder#offsets()}.
     *
     * @param role the role that streams; it must exist
     * @return this
     */
    public RealtimeEnabler offsets(String role) {
        return with(role, OwnTables::offsets);
    }

    /**
     * Creates the tables for the positions of subscriptions, and lets the role that streams use them: see {@link
     * RealtimeBuilder#offsets(String, String)}.
     *
     * @param role the role that streams; it must exist, and have USAGE on the schema
     * @param schema the tables' schema
     * @param table the name of the first
     * @return this
     */
    public RealtimeEnabler offsets(String role, String schema, String table) {
        return with(role, tables -> tables.offsets(schema, table));
    }

    private RealtimeEnabler with(String role, Consumer<OwnTables> wanted) {
        OwnTables tables = new OwnTables();
        wanted.accept(tables);
        ownTables.addAll(tables.wanted(Objects.requireNonNull(role, "role")));
        return this;
    }

    /**
     * The longest {@link #apply} may wait for other transactions.
     *
     * @param limit ten seconds by default
     * @return this
     */
    public RealtimeEnabler timeout(Duration limit) {
        timeout = Objects.requireNonNull(limit, "limit");
        return this;
    }

    /**
     * The dry run: what is missing, as SQL with its reasons. Nothing is changed.
     *
     * @return exactly what {@link #apply} would run; empty where nothing is missing
     */
    public SetupPlan plan() {
        return setup().plan();
    }

    /**
     * Runs the plan. Run again, it does nothing.
     *
     * @return what was run; empty where nothing was missing
     * @throws dev.realtime.error.SetupException where something is wrong that the plan cannot mend
     */
    public SetupPlan apply() {
        return setup().apply();
    }

    private RealtimeSetup setup() {
        SetupRequest request = new SetupRequest(publication, entities.wanted(), slot, defaultSchema, ownTables);
        return new RealtimeSetup(owner::getConnection, new ServerSetup(request), timeout);
    }
}
