package dev.realtime.mapping;

import java.util.Optional;

/** The entities of an application: what the library asks for the mapping of a class. Thread-safe. */
public interface EntityMappings {

    /**
     * The mapping of an entity.
     *
     * @param entityType a class
     * @param <T> the entity
     * @return its mapping; empty where the class is no entity here
     * @throws dev.realtime.error.MappingException where it is an entity that cannot be mapped, saying why
     */
    <T> Optional<EntityMapping<T>> of(Class<T> entityType);
}
