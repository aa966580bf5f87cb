package dev.realtime.hibernate;

import dev.realtime.event.Action;
import dev.realtime.event.RowEvent;
import jakarta.persistence.OneToOne;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Writes rows of every entity of the whole model while two streams watch, one in text and one in binary form: inserts, an update of each attribute to a value and
 * to null, deletes; and asks {@code session.find()} after each commit what the entity is. Once with the key alone in old
 * tuples, once with whole ones. Made once for all tests that look at it.
 */
final class DifferentialRun implements AutoCloseable {

    /**
     * One change and what it should be told as.
     *
     * @param attribute what an update set; null for several, and for every other change
     * @param before what {@code find()} returned before it; null for an insert
     * @param after what {@code find()} returned after it; null for a delete
     */
    record Change(Action action, Class<?> entity, Object id, String attribute, Object before, Object after) {}

    /**
     * A change and its events: Hibernate inserts a row and updates it in one transaction where it refers to later rows.
     *
     * @param event the last one of the transaction; null where there was none
     */
    record Seen(Change change, Action action, RowEvent<?> event, boolean fullImages) {}

    private static final int ROUND = 10;
    private static final int SPARE = 5;

    private final PersistenceUnit unit = WholeModel.start();
    private final Samples samples = new Samples(unit.implementor(), WholeModel.CONCRETE);
    private final Set<Object> persisted = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<List<Object>, Object> states = new HashMap<>();
    private final Map<List<Object>, List<Change>> changes = new LinkedHashMap<>();
    private final Map<Class<?>, List<Seen>> seen = new LinkedHashMap<>();
    private final List<String> unwritten = new ArrayList<>();

    private DifferentialRun() throws SQLException, InterruptedException {
        withoutConstraints();
        for (boolean fullImages : List.of(false, true)) {
            changes.clear();
            try (Watcher text = new Watcher(unit, WholeModel.ROOTS, fullImages, false);
                    Watcher binary = new Watcher(unit, WholeModel.ROOTS, fullImages, true)) {
                write(fullImages ? ROUND : 0);
                for (Watcher watcher : List.of(text, binary)) {
                    watcher.awaitAll();
                    gather(watcher, fullImages);
                }
            }
        }
    }

    /** Hands the run to the tests that ask for it. */
    static final class Provider implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == DifferentialRun.class;
        }

        @Override
        public DifferentialRun resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(DifferentialRun.class))
                    .getOrComputeIfAbsent("run", key -> new Held(start()), Held.class)
                    .run();
        }

        private static DifferentialRun start() {
            try {
                return new DifferentialRun();
            } catch (SQLException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }

        private record Held(DifferentialRun run) implements AutoCloseable {

            @Override
            public void close() throws SQLException {
                run.close();
            }
        }
    }

    PersistenceUnit unit() {
        return unit;
    }

    Samples samples() {
        return samples;
    }

    List<Seen> seen(Class<?> entity) {
        return seen.getOrDefault(entity, List.of());
    }

    /** The last event of each row of an entity that was not deleted. */
    List<RowEvent<?>> last(Class<?> entity) {
        Map<Object, RowEvent<?>> last = new LinkedHashMap<>();
        seen(entity).forEach(each -> last.put(each.change().id(), each.event()));
        last.values().removeIf(event -> event.action() == Action.DELETE);
        return List.copyOf(last.values());
    }

    /** Attributes whose update sent no statement. */
    List<String> unwritten() {
        return unwritten;
    }

    /** Several rows may refer to one, and to rows that are not there yet. */
    private void withoutConstraints() throws SQLException {
        unit.database().execute("""
                do $$ declare c record; begin
                  for c in select conrelid::regclass as t, conname from pg_constraint where contype in ('f', 'u') and conrelid >= 16384
                  loop execute format('alter table %s drop constraint if exists %I cascade', c.t, c.conname); end loop;
                end $$""");
    }

    private void write(int round) {
        samples.refer(0);
        List<Object> rows = new ArrayList<>();
        for (Class<?> entity : WholeModel.CONCRETE) {
            for (int number : List.of(round + 1, round + 2, round + SPARE)) {
                Object row = samples.instance(entity, number);
                if (number == round + SPARE) {
                    withoutTwins(entity, row);
                }
                rows.add(row);
            }
        }
        persist(rows);
        samples.refer(round + SPARE);
        for (Class<?> entity : WholeModel.CONCRETE) {
            insertAndDelete(entity, round + 3);
            updateEach(entity, round + 4);
        }
    }

    /** A one-to-one association has one row at its other end. */
    private void withoutTwins(Class<?> entity, Object row) {
        for (AttributeMapping attribute : samples.attributes(entity)) {
            boolean twin = Samples.annotation(attribute.getPropertyAccess(), OneToOne.class) != null;
            if (twin && samples.isSet(attribute)) {
                Samples.set(row, attribute, null);
            }
        }
    }

    /** These, and before them what their ids are made of. */
    private void persist(List<Object> rows) {
        Set<Object> fresh = samples.inOrder(rows);
        fresh.removeAll(persisted);
        unit.inTransaction(session -> fresh.forEach(session::persist));
        persisted.addAll(fresh);
        fresh.forEach(row -> record(Action.INSERT, row, null));
    }

    private void insertAndDelete(Class<?> entity, int number) {
        Object row = samples.instance(entity, number);
        persist(List.of(row));
        unit.inTransaction(session -> session.remove(session.find(entity, samples.id(row))));
        record(Action.DELETE, row, null);
    }

    private void updateEach(Class<?> entity, int number) {
        Object row = samples.keyed(entity, number);
        persist(List.of(row));
        for (AttributeMapping attribute : updated(entity)) {
            Object value = samples.value(attribute, entity, number + 1);
            if (!update(row, attribute.getAttributeName(), Map.of(attribute, value))) {
                unwritten.add(entity.getSimpleName() + "." + attribute.getAttributeName());
            }
        }
        for (AttributeMapping attribute : updated(entity)) {
            if (attribute.getAttributeMetadata().isNullable()
                    && !attribute
                            .getPropertyAccess()
                            .getGetter()
                            .getReturnTypeClass()
                            .isPrimitive()) {
                Map<AttributeMapping, Object> none = new HashMap<>();
                none.put(attribute, null);
                update(row, attribute.getAttributeName(), none);
            }
        }
        Map<AttributeMapping, Object> all = new LinkedHashMap<>();
        updated(entity).forEach(each -> all.put(each, samples.value(each, entity, number)));
        update(row, null, all);
    }

    private List<AttributeMapping> updated(Class<?> entity) {
        return samples.attributes(entity).stream()
                .filter(each -> samples.isSet(each) && Samples.isColumn(each))
                .filter(each -> each.getAttributeMetadata().isUpdatable())
                .filter(each -> samples.persister(entity).isMutable())
                .toList();
    }

    private boolean update(Object sample, String attribute, Map<AttributeMapping, Object> values) {
        Class<?> entity = sample.getClass();
        unit.statements().forget();
        unit.inTransaction(session -> {
            Object row = session.find(entity, samples.id(sample));
            values.forEach((each, value) -> Samples.set(row, each, value));
        });
        boolean wrote = unit.statements().heard().stream().anyMatch(sql -> sql.startsWith("update "));
        if (wrote) {
            record(Action.UPDATE, sample, attribute);
        }
        return wrote;
    }

    private void record(Action action, Object sample, String attribute) {
        Class<?> entity = sample.getClass();
        Object id = samples.id(sample);
        Object after = action == Action.DELETE ? null : unit.fromTransaction(session -> found(session, sample));
        List<Object> key = List.of(WholeModel.root(entity), id);
        Object before = states.put(key, after == null ? "deleted" : after);
        changes.computeIfAbsent(key, each -> new ArrayList<>())
                .add(new Change(action, entity, id, attribute, before, after));
    }

    private Object found(Session session, Object sample) {
        session.setHibernateFlushMode(FlushMode.MANUAL);
        Object found = session.find(sample.getClass(), samples.id(sample));
        if (found == null) {
            throw new AssertionError(sample.getClass() + " was not found by the id of what was persisted");
        }
        samples.touch(found);
        return found;
    }

    private void gather(Watcher watcher, boolean fullImages) {
        changes.forEach((key, expected) -> {
            String model = unit.mapping((Class<?>) key.get(0)).entityName();
            List<List<RowEvent<?>>> events = watcher.byTransaction(model, key.get(1));
            for (int i = 0; i < Math.max(expected.size(), events.size()); i++) {
                Change change = i < expected.size() ? expected.get(i) : null;
                List<RowEvent<?>> told = i < events.size() ? events.get(i) : List.of();
                seen.computeIfAbsent(expected.get(0).entity(), each -> new ArrayList<>())
                        .add(new Seen(
                                change,
                                told.isEmpty() ? null : told.get(0).action(),
                                told.isEmpty() ? null : told.get(told.size() - 1),
                                fullImages));
            }
        });
    }

    @Override
    public void close() throws SQLException {
        unit.close();
    }
}
