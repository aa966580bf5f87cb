package dev.realtime.mapping;

import dev.realtime.error.ConfigurationException;
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

    /**
     * The same, but where a row does not tell the class of its entity, the database is asked for it, over connections of the
     * application's own: what an entity is then, or was when it was asked.
     *
     * @return mappings that ask
     * @throws dev.realtime.error.ConfigurationException where these cannot
     */
    default EntityMappings lookingUpClasses() {
        throw new ConfigurationException(
                "These mappings cannot look up the class of an entity: pass an EntityManagerFactory of Hibernate to"
                        + " from(...)");
    }
}
