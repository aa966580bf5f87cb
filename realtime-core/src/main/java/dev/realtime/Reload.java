package dev.realtime;

import dev.realtime.error.MappingException;
import dev.realtime.event.EventHandler;
import dev.realtime.event.Insert;
import dev.realtime.event.Read;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.RowEvent;
import dev.realtime.event.Update;
import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.ManagedType;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills in, for a handler that asks for it, the attributes that an event does not tell: it finds the entity by its id, over
 * an entity manager of the application, and copies these attributes alone.
 *
 * <p>It reads <em>today's</em> row, not the row as it was when the event's transaction was committed: what it fills in may
 * be newer than the rest of the entity, and where the row is gone meanwhile nothing is filled in. {@link
 * RowEvent#unavailable()} goes on to name what PostgreSQL did not send.
 *
 * <pre>{@code
 * .on(Article.class, Reload.over(entityManagerFactory).before(event -> index(event)))
 * }</pre>
 *
 * Thread-safe.
 */
public final class Reload {

    private static final Map<String, Object> FROM_THE_DATABASE =
            Map.of("jakarta.persistence.cache.retrieveMode", CacheRetrieveMode.BYPASS);

    private final EntityManagerFactory factory;

    private Reload(EntityManagerFactory factory) {
        this.factory = factory;
    }

    /**
     * Reloads over entity managers of a factory: each event that lacks something takes one, and its connection, for one
     * query.
     *
     * @param factory the application's; it must be open while handlers run
     * @return what fills in
     */
    public static Reload over(EntityManagerFactory factory) {
        return new Reload(Objects.requireNonNull(factory, "factory"));
    }

    /**
     * A handler that gets each event with its entity filled in.
     *
     * @param handler the application's
     * @param <E> the event
     * @return to be declared in its place; where the query fails, the event is offered again as where the handler fails
     */
    public <E extends RealtimeEvent<?>> EventHandler<E> before(EventHandler<? super E> handler) {
        Objects.requireNonNull(handler, "handler");
        return event -> {
            if (event instanceof RowEvent<?> row) {
                fill(row);
            }
            handler.handle(event);
        };
    }

    /**
     * Fills in what the event's entity lacks: the state after an insert or an update, or one that was read. Of a deleted
     * entity there is no row.
     *
     * @param event an event; its entity is changed
     * @return the attributes that were filled in; empty where all was known, or the row is gone. One that the provider loads
     *     lazily is not among them
     * @throws MappingException where an attribute cannot be copied
     */
    public Set<String> fill(RowEvent<?> event) {
        Object entity = after(event);
        if (entity == null || event.unavailable().isEmpty()) {
            return Set.of();
        }
        Class<?> type = event.entityType();
        try (EntityManager manager = factory.createEntityManager()) {
            Object today = manager.find(type, event.id(), FROM_THE_DATABASE);
            if (today == null) {
                return Set.of();
            }
            Set<String> filled = new LinkedHashSet<>();
            for (String attribute : event.unavailable()) {
                Optional<Member> member = member(type, attribute);
                // What Hibernate has not loaded would be copied as null, and nobody knows it to be.
                if (member.isPresent() && factory.getPersistenceUnitUtil().isLoaded(today, attribute)) {
                    copy(member.get(), today, entity, event.model() + "." + attribute);
                    filled.add(attribute);
                }
            }
            return filled;
        }
    }

    private static @Nullable Object after(RowEvent<?> event) {
        if (event instanceof Insert<?> insert) {
            return insert.after();
        }
        if (event instanceof Update<?> update) {
            return update.after();
        }
        return event instanceof Read<?> read ? read.after() : null;
    }

    /** Empty where the attribute is another subclass's. */
    private Optional<Member> member(Class<?> entityType, String attribute) {
        ManagedType<?> type = factory.getMetamodel().managedType(entityType);
        return type.getAttributes().stream()
                .filter(each -> each.getName().equals(attribute))
                .map(each -> each.getJavaMember())
                .findFirst();
    }

    private static void copy(Member member, Object from, Object to, String path) {
        try {
            if (member instanceof Field field) {
                field.setAccessible(true);
                field.set(to, field.get(from));
            } else {
                Method getter = (Method) member;
                getter.setAccessible(true);
                Method setter = setter(getter);
                setter.setAccessible(true);
                setter.invoke(to, getter.invoke(from));
            }
        } catch (ReflectiveOperationException | RuntimeException failure) {
            throw new MappingException(
                    path + ": it was read again, and could not be copied", new Uncopied(failure.getClass()));
        }
    }

    private static Method setter(Method getter) throws NoSuchMethodException {
        String name = getter.getName().replaceFirst("^(get|is)", "set");
        return getter.getDeclaringClass().getDeclaredMethod(name, getter.getReturnType());
    }

    /** The class of an error whose message may hold a value. */
    private static final class Uncopied extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Uncopied(Class<?> original) {
            super(original.getName(), null, false, false);
        }
    }
}
