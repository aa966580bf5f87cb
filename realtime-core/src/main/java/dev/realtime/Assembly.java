package dev.realtime;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConfigurationException;
import dev.realtime.internal.bus.SubscriptionSpec;
import dev.realtime.internal.connection.ConnectorSettings;
import dev.realtime.internal.connection.PostgresConnector;
import dev.realtime.internal.engine.Capture;
import dev.realtime.internal.engine.Engine;
import dev.realtime.internal.engine.EngineSettings;
import dev.realtime.internal.engine.OffsetPlan;
import dev.realtime.internal.setup.ServerSetup;
import dev.realtime.internal.setup.SetupRequest;
import dev.realtime.mapping.EntityMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rooms together into a stream, of what a builder was told.
 *
 * @param database where it is; null where that is not known
 * @param slot the slot, and who streams from it
 * @param publication the publication's name
 * @param defaultSchema the schema of tables whose mapping names none; null to look them up
 * @param entities what is streamed
 * @param subscriptions the handlers
 * @param ownTables the library's own tables that were named
 * @param options how it works
 */
record Assembly(
        @Nullable Coordinates database,
        SlotChoice slot,
        String publication,
        @Nullable String defaultSchema,
        EntitySelection entities,
        Subscriptions subscriptions,
        OwnTables ownTables,
        StreamOptions options) {

    RealtimeSetup setup() {
        PostgresConnector connector = connector(ConnectorSettings.of(slot.applicationName()));
        return new RealtimeSetup(connector::connectControl, new ServerSetup(request()), options.startTimeout());
    }

    Realtime start() {
        if (subscriptions.isEmpty()) {
            throw new ConfigurationException(
                    "Nothing handles the changes: declare handlers with on(...) before start(), or they would be confirmed"
                            + " and lost");
        }
        options.checkGapPolicy(slot.policy(), tables().hasOffsets());
        slot.check(tables().hasOffsets());
        EngineSettings settings = options.settings(slot);
        Engine engine = new Engine(
                settings,
                capture(),
                connector(ConnectorSettings.patient(slot.applicationName(), settings.attemptTimeout())),
                connector(ConnectorSettings.impatient(slot.applicationName())));
        Realtime realtime = new Realtime(engine, slot.name(), publication, setup(), options.stopTimeout());
        engine.start();
        return realtime;
    }

    private PostgresConnector connector(ConnectorSettings settings) {
        if (database == null) {
            throw new ConfigurationException(
                    "Where the database is cannot be told from the EntityManagerFactory: name it"
                            + " with connectingTo(url, user, password)");
        }
        return new PostgresConnector(database, settings);
    }

    private OwnTables tables() {
        return ownTables.with(subscriptions.ofEntities());
    }

    private SetupRequest request() {
        return new SetupRequest(publication, entities.wanted(), slot.wanted(), defaultSchema, tables().wanted(null));
    }

    private Capture capture() {
        List<EntityMapping<?>> mappings = entities.mapped();
        OwnTables tables = tables();
        OffsetPlan positions = tables.plan(slot.name(), subscriptions);
        List<SubscriptionSpec> specs =
                subscriptions.specs(mappings, positions == null ? null : positions.offsets(), options.handlerTimeout());
        return new Capture(
                slot.streamName(),
                request(),
                mappings,
                options.types(),
                specs,
                tables.deadLetterTable(),
                positions,
                options.signalHandlers());
    }
}
