package dev.realtime.hibernate;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.Optional;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** Looks for Hibernate behind an EntityManagerFactory. Thread-safe. */
final class Factories {

    private Factories() {}

    /** Hibernate's own factory; empty where it is another ORM's. */
    static Optional<SessionFactoryImplementor> hibernate(EntityManagerFactory factory) {
        try {
            return Optional.of(factory.unwrap(SessionFactoryImplementor.class));
        } catch (PersistenceException notHibernate) {
            return Optional.empty();
        }
    }
}
