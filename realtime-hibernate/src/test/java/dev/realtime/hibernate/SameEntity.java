package dev.realtime.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.annotations.Parent;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.proxy.HibernateProxy;

/** Compares an entity of ours with what {@code session.find()} returned, field by field. */
final class SameEntity {

    private final EntityManagerFactory factory;
    private final Set<String> unavailable;

    SameEntity(EntityManagerFactory factory, Set<String> unavailable) {
        this.factory = factory;
        this.unavailable = unavailable;
    }

    /** Every row of an entity's table: our entity, our id and our class against Hibernate's, without a statement of ours. */
    static <T> void verifyAll(PersistenceUnit unit, Class<T> entity) throws Exception {
        RowMapper<T> mapper = unit.mapper(entity);
        Set<String> unavailable = unit.mapping(entity).unavailable().keySet();
        List<Row> rows = unit.rows(entity);
        assertThat(rows).isNotEmpty();
        for (Row row : rows) {
            unit.statements().forget();
            T ours = mapper.entity(row);
            Object id = mapper.id(row);
            assertThat(mapper.entityType(row)).isEqualTo(ours.getClass());
            assertThat(unit.statements().heard()).isEmpty();

            Object found = unit.fromTransaction(session -> session.find(entity, id));

            assertThat(found).as("found by our id").isNotNull();
            assertThat(unit.factory().getPersistenceUnitUtil().getIdentifier(found))
                    .isEqualTo(id);
            new SameEntity(unit.factory(), unavailable).verify(ours, found);
        }
    }

    void verify(Object ours, Object found) throws IllegalAccessException {
        assertThat(ours.getClass()).isEqualTo(Hibernate.unproxy(found).getClass());
        fields(ours, Hibernate.unproxy(found), ours.getClass().getSimpleName());
    }

    private void fields(Object ours, Object found, String path) throws IllegalAccessException {
        for (Class<?> type = ours.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                boolean counts = !Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())
                        && !field.isAnnotationPresent(Parent.class);
                if (counts && !field.getName().startsWith("$$") && !unavailable.contains(field.getName())) {
                    field.setAccessible(true);
                    value(field.get(ours), field.get(found), path + "." + field.getName());
                }
            }
        }
    }

    boolean isSame(Object one, Object other) throws IllegalAccessException {
        try {
            value(one, other, "");
            return true;
        } catch (AssertionError difference) {
            return false;
        }
    }

    void value(Object ours, Object found, String path) throws IllegalAccessException {
        if (found == null && ours != null && isEntity(ours)) {
            throw new AssertionError(path + " refers to an entity, and to none by find()"); // a proxy tells no more
        }
        if (found instanceof PersistentCollection<?>) {
            assertThat(ours).as(path).isInstanceOf(found.getClass());
            assertThat(Hibernate.isInitialized(ours)).as(path).isFalse();
        } else if (found != null && isEntity(found)) {
            assertThat(ours).as(path).isNotNull();
            assertThat(factory.getPersistenceUnitUtil().getIdentifier(ours))
                    .as(path)
                    .isEqualTo(factory.getPersistenceUnitUtil().getIdentifier(found));
        } else if (found != null && ours != null && isPlain(found.getClass())) {
            assertThat(ours.getClass()).as(path).isEqualTo(found.getClass());
            fields(ours, found, path);
        } else if (found instanceof List<?> list
                && list.stream().anyMatch(each -> each != null && isPlain(each.getClass()))) {
            assertThat(ours).as(path).isInstanceOf(List.class);
            assertThat((List<?>) ours).as(path).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                value(((List<?>) ours).get(i), list.get(i), path + "[" + i + "]");
            }
        } else if (found instanceof List<?> list && ours instanceof List<?> our) {
            assertThat(Objects.deepEquals(our.toArray(), list.toArray()))
                    .as(path)
                    .isTrue(); // of arrays, too
        } else {
            assertThat(ours).as(path).isEqualTo(found); // arrays by their elements
        }
    }

    /** A class of the application that is compared by what is in it. */
    private static boolean isPlain(Class<?> type) {
        return type.getName().startsWith(SameEntity.class.getPackageName()) && !type.isEnum();
    }

    private boolean isEntity(Object value) {
        return value instanceof HibernateProxy
                || factory.getMetamodel().getEntities().stream()
                        .anyMatch(entity -> entity.getJavaType() == value.getClass());
    }
}
