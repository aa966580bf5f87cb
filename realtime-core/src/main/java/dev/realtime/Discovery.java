package dev.realtime;

import dev.realtime.connection.Coordinates;
import dev.realtime.connection.CoordinatesDiscovery;
import dev.realtime.error.ConfigurationException;
import dev.realtime.mapping.EntityMappings;
import dev.realtime.mapping.EntityMappingsProvider;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the modules on the class path what they know of an {@link EntityManagerFactory}. Thread-safe. */
final class Discovery {

    private Discovery() {}

    static EntityMappings mappings(EntityManagerFactory factory) {
        if (!factory.isOpen()) {
            throw new ConfigurationException(
                    "The EntityManagerFactory is closed: pass an open one to from(...), and close it after the stream");
        }
        return found(EntityMappingsProvider.class)
                .map(provider -> provider.of(factory))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(
                        () -> new ConfigurationException(
                                "No module on the class path knows the mappings of a "
                                        + factory.getClass().getName()
                                        + ": for Hibernate add dev.realtime:realtime-hibernate, or pass mappings of your own to from(...)"));
    }

    static @Nullable Coordinates coordinates(EntityManagerFactory factory) {
        return found(CoordinatesDiscovery.class)
                .map(discovery -> discovery.coordinatesOf(factory))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    /** The thread's class loader sees the application's modules where ours may not, and in some containers it is ours that does. */
    private static <S> Stream<S> found(Class<S> service) {
        List<ServiceLoader<S>> loaders =
                List.of(ServiceLoader.load(service), ServiceLoader.load(service, Discovery.class.getClassLoader()));
        return loaders.stream().flatMap(ServiceLoader::stream).map(ServiceLoader.Provider::get);
    }
}
