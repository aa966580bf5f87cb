package dev.realtime.hibernate;

import dev.realtime.mapping.EntityMappings;
import dev.realtime.mapping.EntityMappingsProvider;
import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;

/**
 * Finds the mappings of a Hibernate {@link EntityManagerFactory}, 6.6 or 7. Found by {@link java.util.ServiceLoader};
 * there is no need to call it. Thread-safe.
 */
public final class HibernateMappingsProvider implements EntityMappingsProvider {

    /** For {@link java.util.ServiceLoader}. */
    public HibernateMappingsProvider() {}

    @Override
    public Optional<EntityMappings> of(EntityManagerFactory entityManagerFactory) {
        return Factories.hibernate(entityManagerFactory).map(HibernateMappings::new);
    }
}
