package dev.realtime.internal.engine;

import dev.realtime.event.Signal;
import dev.realtime.event.SignalHandler;
import dev.realtime.internal.binding.RegisteredEntity;
import dev.realtime.internal.binding.RegisteredLayout;
import dev.realtime.internal.binding.RegisteredTable;
import dev.realtime.internal.bus.SubscriptionSpec;
import dev.realtime.internal.setup.ResolvedTable;
import dev.realtime.internal.setup.SetupRequest;
import dev.realtime.internal.setup.Survey;
import dev.realtime.internal.setup.WantedSlot;
import dev.realtime.internal.store.DeadLetterTable;
import dev.realtime.mapping.EntityLayout;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application wants to see. Immutable.
 *
 * @param slot the replication slot; of a temporary one, what its name begins with, which nobody else's does
 * @param request what the server must have for it: the tables of each entity, in their order
 * @param entities the registered entities
 * @param types the decoders
 * @param subscriptions the handlers
 * @param deadLetters where events are put aside; null where none are
 * @param offsets which subscriptions have a stored position; null where none have
 * @param signalHandlers told what the stream says of itself
 */
public record Capture(
        String slot,
        SetupRequest request,
        List<EntityMapping<?>> entities,
        TypeRegistry types,
        List<SubscriptionSpec> subscriptions,
        @Nullable DeadLetterTable deadLetters,
        @Nullable OffsetPlan offsets,
        List<SignalHandler<? super Signal>> signalHandlers) {

    /** What the application wants to see. */
    public Capture {
        entities = List.copyOf(entities);
        subscriptions = List.copyOf(subscriptions);
        signalHandlers = List.copyOf(signalHandlers);
    }

    /** The entities by their classes, with their names, in their order. */
    Map<Class<?>, String> entityNames() {
        Map<Class<?>, String> names = new LinkedHashMap<>();
        entities.forEach(mapping -> names.put(mapping.entityType(), mapping.entityName()));
        return names;
    }

    /** What no event of an entity tells, by the entity's name, each attribute with the reason; none where all is told. */
    Map<String, Map<String, String>> unavailable() {
        Map<String, Map<String, String>> byEntity = new LinkedHashMap<>();
        for (EntityMapping<?> entity : entities) {
            if (!entity.unavailable().isEmpty()) {
                byEntity.put(entity.entityName(), entity.unavailable());
            }
        }
        return byEntity;
    }

    /** Whether standbys are to keep the slot. */
    boolean keepsOnStandbys() {
        WantedSlot wanted = request.slot();
        return wanted != null && wanted.failover();
    }

    /** Whether the slot lives as long as a session. */
    boolean isTemporary() {
        return request.slot() == null;
    }

    /** The entities with the tables they were found in. */
    List<RegisteredEntity<?>> registered(Survey survey) {
        List<RegisteredEntity<?>> registered = new ArrayList<>();
        Iterator<ResolvedTable> found = survey.tables().iterator();
        for (int i = 0; i < entities.size(); i++) {
            registered.add(registered(i, entities.get(i), found));
        }
        return registered;
    }

    private static <T> RegisteredEntity<T> registered(
            int index, EntityMapping<T> mapping, Iterator<ResolvedTable> found) {
        List<RegisteredLayout<T>> layouts = new ArrayList<>();
        for (EntityLayout<T> layout : mapping.layouts()) {
            List<RegisteredTable> tables = new ArrayList<>();
            for (int i = 0; i < layout.tables().size(); i++) {
                ResolvedTable table = found.next();
                tables.add(new RegisteredTable(table.name(), table.oid()));
            }
            layouts.add(new RegisteredLayout<>(layout, tables));
        }
        return new RegisteredEntity<>(index, mapping, layouts);
    }
}
