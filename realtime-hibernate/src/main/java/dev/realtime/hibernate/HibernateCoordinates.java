package dev.realtime.hibernate;

import dev.realtime.connection.Coordinates;
import dev.realtime.connection.CoordinatesDiscovery;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.service.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Finds the database of a Hibernate {@link EntityManagerFactory} in the data source or the settings that it was built of.
 * Empty rather than wrong: for a factory of several tenants, a data source that routes, one whose class is not known, and
 * wherever a password shows as asterisks. No connection is taken. Found by {@link java.util.ServiceLoader}; there is no
 * need to call it. Thread-safe.
 */
public final class HibernateCoordinates implements CoordinatesDiscovery {

    /** For {@link java.util.ServiceLoader}. */
    public HibernateCoordinates() {}

    @Override
    public Optional<Coordinates> coordinatesOf(EntityManagerFactory entityManagerFactory) {
        return Factories.hibernate(entityManagerFactory)
                .filter(factory -> !factory.getSessionFactoryOptions().isMultiTenancyEnabled())
                .flatMap(HibernateCoordinates::of);
    }

    private static Optional<Coordinates> of(SessionFactoryImplementor factory) {
        ServiceRegistry services = factory.getServiceRegistry();
        ConnectionProvider connections = services.getService(ConnectionProvider.class);
        if (connections == null) {
            return Optional.empty();
        }
        if (connections.isUnwrappableAs(DataSource.class)) {
            return DataSources.coordinates(connections.unwrap(DataSource.class));
        }
        // The factory's own properties show **** in place of user and password; the settings it was built of do not.
        ConfigurationService settings = services.getService(ConfigurationService.class);
        return settings == null ? Optional.empty() : ofSettings(settings.getSettings());
    }

    private static Optional<Coordinates> ofSettings(Map<String, Object> settings) {
        String url = setting(settings, "hibernate.connection.url", "jakarta.persistence.jdbc.url");
        String user = setting(settings, "hibernate.connection.username", "jakarta.persistence.jdbc.user");
        String password = setting(settings, "hibernate.connection.password", "jakarta.persistence.jdbc.password");
        return url != null && DataSources.truthful(url, user, password)
                ? Optional.of(Coordinates.of(url, user, () -> password))
                : Optional.empty();
    }

    private static @Nullable String setting(Map<String, Object> settings, String hibernates, String jpas) {
        Object value = settings.containsKey(hibernates) ? settings.get(hibernates) : settings.get(jpas);
        return value == null ? null : value.toString();
    }
}
