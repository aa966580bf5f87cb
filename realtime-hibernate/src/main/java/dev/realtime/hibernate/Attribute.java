package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import org.hibernate.property.access.spi.PropertyAccess;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of one class of entities: what reads it and what sets it. Thread-safe.
 *
 * @param name its name in the entity
 * @param path with the entity's, such as {@code User.name}
 * @param id whether it is the id or a part of it
 * @param part what reads it
 * @param access how Hibernate gets and sets it
 */
record Attribute(String name, String path, boolean id, Part part, PropertyAccess access) {

    @Nullable
    Object value(Reading reading) {
        Object value = part.read(reading);
        if (value == null && access.getGetter().getReturnTypeClass().isPrimitive()) {
            throw new MappingException(path + ": it is of a primitive type, and its column is NULL");
        }
        return value;
    }

    void set(Object entity, Reading reading) {
        Object value = value(reading);
        try {
            access.getSetter().set(entity, value);
        } catch (RuntimeException failure) {
            throw Failure.of(path + ": it cannot be set", failure);
        }
    }

    /** Whether nothing of it lies in the row: a to-many attribute, or an embeddable of such alone. */
    boolean isToMany() {
        return part.columns().length == 0;
    }
}
