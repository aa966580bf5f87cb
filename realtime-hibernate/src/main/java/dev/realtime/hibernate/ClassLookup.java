package dev.realtime.hibernate;

import dev.realtime.mapping.Row;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.locks.LockSupport;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database for the class of an entity, over the application's own connections: where the application wants that,
 * for rows that do not tell it. What is asked for a row is asked once. Thread-safe.
 */
final class ClassLookup {

    private final SessionFactoryImplementor factory;
    private final String query;
    private final Map<Row, Optional<Class<?>>> answers = Collections.synchronizedMap(new WeakHashMap<>());

    ClassLookup(SessionFactoryImplementor factory, EntityPersister root) {
        this.factory = factory;
        this.query = "select type(e) from " + root.getEntityName() + " e where id(e) = :id";
    }

    /** A change may be told shortly before others see it. */
    private static final int LOOKS = 20;

    private static final long NANOS_BETWEEN_LOOKS = 5_000_000;

    /**
     * @param id of the entity that the row shows a part of
     * @return the class that it has today; null where it is gone
     */
    @Nullable
    Class<?> of(Row row, Object id) {
        Optional<Class<?>> known = answers.get(row);
        if (known == null) {
            Class<?> found = ask(id);
            for (int look = 1; look < LOOKS && found == null; look++) {
                LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
                found = ask(id);
            }
            known = Optional.ofNullable(found);
            answers.put(row, known);
        }
        return known.orElse(null);
    }

    private @Nullable Class<?> ask(Object id) {
        try {
            return factory.fromStatelessSession(session -> (Class<?>) session.createQuery(query, Object.class)
                    .setParameter("id", id)
                    .uniqueResult());
        } catch (RuntimeException failure) {
            throw Failure.of(query + ": the class of an entity cannot be asked for", failure);
        }
    }
}
