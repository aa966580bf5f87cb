package dev.realtime;

import dev.realtime.error.ConfigurationException;
import dev.realtime.internal.bus.HandlerTimeout;
import dev.realtime.internal.bus.SubscriptionSpec;
import dev.realtime.internal.store.SlotOffsets;
import dev.realtime.mapping.EntityMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an application subscribes to, in the order in which it says so. To be used by one thread at a time. */
final class Subscriptions {

    private final List<Description> descriptions = new ArrayList<>();
    private final List<SubscriptionBuilder<?>> ofEntities = new ArrayList<>();
    private final List<TransactionSubscriptionBuilder> ofTransactions = new ArrayList<>();

    /** One subscription, once the names before it and the mappings are known. */
    private interface Description {
        SubscriptionSpec spec(Set<String> taken, List<EntityMapping<?>> mappings, @Nullable SlotOffsets offsets);
    }

    boolean isEmpty() {
        return descriptions.isEmpty();
    }

    /** Those that are each for one entity. */
    List<SubscriptionBuilder<?>> ofEntities() {
        return ofEntities;
    }

    void add(SubscriptionBuilder<?> subscription) {
        ofEntities.add(subscription);
        descriptions.add((taken, mappings, offsets) -> {
            int index = indexOf(subscription.entity(), mappings);
            String given = subscription.name();
            String unique = given == null ? freeName(mappings.get(index).entityName(), taken) : given;
            EntitySelection.requireAttributes(unique, subscription.attributes(), mappings.get(index));
            return subscription.spec(unique, index, offsets);
        });
    }

    /** The names that were given, by which subscriptions find their places again. */
    List<String> givenNames() {
        return Stream.concat(
                        ofEntities.stream().map(SubscriptionBuilder::name),
                        ofTransactions.stream().map(TransactionSubscriptionBuilder::name))
                .filter(Objects::nonNull)
                .toList();
    }

    void add(TransactionSubscriptionBuilder subscription) {
        ofTransactions.add(subscription);
        descriptions.add((taken, mappings, offsets) -> subscription.spec(taken, mappings.size()));
    }

    List<SubscriptionSpec> specs(
            List<EntityMapping<?>> mappings, @Nullable SlotOffsets offsets, @Nullable HandlerTimeout timeout) {
        List<SubscriptionSpec> specs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Description description : descriptions) {
            SubscriptionSpec spec = description.spec(names, mappings, offsets).orWithin(timeout);
            if (!names.add(spec.name())) {
                throw new ConfigurationException("Two subscriptions are named " + spec.name());
            }
            specs.add(spec);
        }
        return specs;
    }

    private static int indexOf(Class<?> entity, List<EntityMapping<?>> mappings) {
        int index = 0;
        while (!mappings.get(index).entityType().equals(entity)) {
            index++;
        }
        return index;
    }

    static String freeName(String wanted, Set<String> taken) {
        String name = wanted;
        for (int i = 2; taken.contains(name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }
}
