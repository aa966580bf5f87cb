package dev.realtime.hibernate;

import dev.realtime.hibernate.model.Arrays;
import dev.realtime.hibernate.model.Basics;
import dev.realtime.hibernate.model.Converted;
import dev.realtime.hibernate.model.Customs;
import dev.realtime.hibernate.model.Documents;
import dev.realtime.hibernate.model.Inherited;
import dev.realtime.hibernate.model.Lazies;
import dev.realtime.hibernate.model.Links;
import dev.realtime.hibernate.model.Marked;
import dev.realtime.hibernate.model.MoreEmbeddables;
import dev.realtime.hibernate.model.MoreIds;
import dev.realtime.hibernate.model.Names;
import dev.realtime.hibernate.model.Vessels;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every entity of the tests' models in one persistence unit, of which some were enhanced. */
final class WholeModel {

    private static final EnhancingClassLoader LOADER = new EnhancingClassLoader(Lazies.class);

    /** What is registered: the roots of hierarchies. */
    static final List<Class<?>> ROOTS = roots();

    private static final List<Class<?>> SUBCLASSES = Stream.concat(
                    Model.SUBCLASSES.stream(),
                    Stream.of(Inherited.Human.class, Inherited.Company.class, Vessels.Ship.class, Vessels.Boat.class))
            .toList();

    /** Every class that has instances. */
    static final List<Class<?>> CONCRETE = Stream.concat(ROOTS.stream(), SUBCLASSES.stream())
            .filter(entity -> !Modifier.isAbstract(entity.getModifiers()))
            .toList();

    private WholeModel() {}

    private static List<Class<?>> roots() {
        List<Class<?>> roots = new ArrayList<>(Model.ROOTS);
        roots.addAll(List.of(Inherited.Party.class, Vessels.Vessel.class));
        for (Class<?> around : List.of(
                Basics.class,
                Arrays.class,
                Converted.class,
                Customs.class,
                Documents.class,
                MoreEmbeddables.class,
                MoreIds.class,
                Marked.class,
                Names.class,
                Links.class)) {
            Stream.of(around.getDeclaredClasses())
                    .filter(each -> each.isAnnotationPresent(jakarta.persistence.Entity.class))
                    .sorted(java.util.Comparator.comparing(Class::getName))
                    .forEach(roots::add);
        }
        try {
            roots.add(LOADER.loadClass(Lazies.Author.class.getName()));
            roots.add(LOADER.loadClass(Lazies.Book.class.getName()));
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
        return List.copyOf(roots);
    }

    /** The class that is registered for an entity: itself, or the root of its hierarchy. */
    static Class<?> root(Class<?> entity) {
        return ROOTS.stream()
                .filter(each -> each.isAssignableFrom(entity))
                .findFirst()
                .orElseThrow();
    }

    static PersistenceUnit start() throws SQLException {
        Map<String, Object> settings = new HashMap<>();
        settings.put(
                "hibernate.physical_naming_strategy",
                "org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy");
        settings.put("hibernate.type.wrapper_array_handling", "ALLOW");
        settings.put("hibernate.tenant_identifier_resolver", new OneTenant());
        List<Class<?>> converters = List.of(Converted.CelsiusConverter.class);
        Class<?>[] entities =
                Stream.of(ROOTS, SUBCLASSES, converters).flatMap(List::stream).toArray(Class<?>[]::new);
        List<String> schemas = List.of("create schema \"Odd Schema\"", "create schema other");
        return new PersistenceUnit(LOADER, settings, schemas, entities);
    }
}
