package dev.realtime.connection;

import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;

/**
 * Finds the coordinates behind a persistence unit, so that an application need not write them down twice. Found with
 * {@link java.util.ServiceLoader}; several may be there, the first that finds something wins.
 *
 * <p>An implementation must not take a connection from the application's pool and must be thread-safe. Thread-safe.
 */
public interface CoordinatesDiscovery {

    /**
     * The coordinates of the database that a persistence unit works on.
     *
     * @param entityManagerFactory the application's persistence unit, open
     * @return its coordinates; empty where this implementation does not know its kind of data source
     */
    Optional<Coordinates> coordinatesOf(EntityManagerFactory entityManagerFactory);
}
