package dev.realtime.mapping;

import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;

/**
 * Finds the mappings of an {@link EntityManagerFactory}. Implementations are found by {@link java.util.ServiceLoader};
 * the first whose answer is not empty counts. Thread-safe.
 */
public interface EntityMappingsProvider {

    /**
     * The mappings of a factory.
     *
     * @param entityManagerFactory the application's
     * @return its mappings; empty where the factory is another ORM's
     */
    Optional<EntityMappings> of(EntityManagerFactory entityManagerFactory);
}
