package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.hibernate.engine.spi.SelfDirtinessTracker;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.metamodel.mapping.internal.SingleAttributeIdentifierMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.spi.NavigablePath;

/** One class of entities and its attributes: makes the instances. Thread-safe. */
final class EntityShape {

    private final EntityPersister persister;
    private final Part id;
    private final Set<Integer> tables;
    private final Set<Integer> ownTables;
    private final List<Attribute> attributes = new ArrayList<>();
    private final Map<String, String> unavailable = new LinkedHashMap<>();

    /**
     * @param name the entity's name in JPA
     * @throws MappingException where an attribute is of a kind that is not mapped
     */
    EntityShape(EntityPersister persister, String name, Parts parts) {
        this.persister = persister;
        this.tables = parts.tables().of(persister);
        this.ownTables = this.tables.stream()
                .filter(table -> parts.tables().parts().get(table).ofClass())
                .collect(Collectors.toUnmodifiableSet());
        EntityIdentifierMapping idMapping = persister.getIdentifierMapping();
        this.id = id(idMapping, name, parts);
        if (idMapping instanceof NonAggregatedIdentifierMapping several) {
            several.getVirtualIdEmbeddable().forEachAttributeMapping(each -> add(each, name, true, parts));
        } else if (idMapping instanceof SingleAttributeIdentifierMapping single) {
            String attribute = single.getAttributeName();
            attributes.add(new Attribute(attribute, name + "." + attribute, true, id, single.getPropertyAccess()));
        } else {
            throw new MappingException(name + ": its id is of a kind that is not mapped");
        }
        for (int i = 0; i < persister.getNumberOfAttributeMappings(); i++) {
            AttributeMapping attribute = persister.getAttributeMapping(i);
            if (!attribute.getAttributeName().equals(NavigablePath.IDENTIFIER_MAPPER_PROPERTY)) {
                add(attribute, name, false, parts);
            }
        }
    }

    private static Part id(EntityIdentifierMapping id, String name, Parts parts) {
        try {
            return parts.id(id, name + "." + EntityIdentifierMapping.ID_ROLE_NAME);
        } catch (Unreadable unreadable) {
            throw new MappingException(name + ": its id cannot be read: " + unreadable.reason());
        }
    }

    private void add(AttributeMapping attribute, String name, boolean isId, Parts parts) {
        String path = name + "." + attribute.getAttributeName();
        try {
            Part part = parts.attribute(attribute, path);
            attributes.add(
                    new Attribute(attribute.getAttributeName(), path, isId, part, attribute.getPropertyAccess()));
        } catch (Unreadable unreadable) {
            unavailable.put(attribute.getAttributeName(), unreadable.reason());
        }
    }

    Class<?> type() {
        return persister.getMappedClass();
    }

    /** Hibernate's name of the entity. */
    String entityName() {
        return persister.getEntityName();
    }

    boolean isAbstract() {
        return Modifier.isAbstract(type().getModifiers());
    }

    /** The tables that an entity of the class can have rows of. */
    Set<Integer> tables() {
        return tables;
    }

    /** Whether an entity of the class has rows of exactly these tables, but for optional ones. */
    boolean liesIn(Set<Integer> seen) {
        return seen.containsAll(ownTables) && tables.containsAll(seen);
    }

    Part id() {
        return id;
    }

    boolean has(String attribute) {
        return unavailable.containsKey(attribute)
                || attributes.stream().anyMatch(each -> each.name().equals(attribute));
    }

    /** What a row can tell, and the to-many attributes. */
    List<Attribute> attributes() {
        return attributes;
    }

    /** What no row can tell, and why. */
    Map<String, String> unavailable() {
        return unavailable;
    }

    /** A new instance with everything that the row knows. */
    Object entity(Reading reading) {
        Object entity = instance();
        reading.owner = entity;
        reading.ownerId = reading.knows(id.columns()) ? id.read(reading) : null;
        for (Attribute attribute : attributes) {
            if (reading.knows(attribute.part().columns())) {
                attribute.set(entity, reading);
            }
        }
        if (entity instanceof SelfDirtinessTracker tracker) {
            tracker.$$_hibernate_clearDirtyAttributes();
        }
        return entity;
    }

    /** An enhanced class gets an interceptor of its instantiator that would load, and fail: without it, it is a plain object. */
    private Object instance() {
        try {
            Object entity = Instantiation.entity(
                    persister.getRepresentationStrategy().getInstantiator(), persister.getFactory());
            if (entity instanceof PersistentAttributeInterceptable enhanced) {
                enhanced.$$_hibernate_setInterceptor(null);
            }
            return entity;
        } catch (RuntimeException failure) {
            throw Failure.of(type().getName() + ": no instance can be made", failure);
        }
    }
}
