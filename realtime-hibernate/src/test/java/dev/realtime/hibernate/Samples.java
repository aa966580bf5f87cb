package dev.realtime.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.CurrentTimestamp;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.TenantId;
import org.hibernate.annotations.UpdateTimestamp;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.hibernate.engine.spi.SelfDirtinessTracker;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.metamodel.mapping.internal.SingleAttributeIdentifierMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.property.access.spi.PropertyAccess;

/** Instances of every entity of a SessionFactory, by number, with a value in every attribute that the application sets. */
final class Samples implements Values.Entities {

    /** What Hibernate or the server sets. */
    private static final List<Class<? extends Annotation>> SET_BY_OTHERS = List.of(
            Version.class,
            GeneratedValue.class,
            UuidGenerator.class,
            Generated.class,
            CurrentTimestamp.class,
            CreationTimestamp.class,
            UpdateTimestamp.class,
            TenantId.class,
            Formula.class);

    private final SessionFactoryImplementor factory;
    private final List<Class<?>> concrete;
    private final Values values = new Values(this);
    private final Map<List<Object>, Object> byNumber = new HashMap<>();
    private int spare;
    private int uniques;

    /**
     * @param concrete the entities that have instances
     */
    Samples(SessionFactoryImplementor factory, List<Class<?>> concrete) {
        this.factory = factory;
        this.concrete = concrete;
    }

    /** From now on other entities are referred to by this number. */
    void refer(int number) {
        spare = number;
    }

    /** The instance of that number, filled. */
    Object instance(Class<?> entity, int number) {
        Object known = byNumber.get(List.of(entity, number));
        return known == null ? filled(entity, number) : known;
    }

    private Object filled(Class<?> entity, int number) {
        Object instance = keyed(entity, number);
        for (AttributeMapping attribute : attributes(entity)) {
            if (isSet(attribute) && (spare == 0 || !isToMany(attribute))) {
                set(instance, attribute, value(attribute, entity, number));
            }
        }
        return instance;
    }

    private List<Class<?>> siblings(Class<?> entity) {
        String root = persister(entity).getRootEntityName();
        return concrete.stream()
                .filter(each -> persister(each).getRootEntityName().equals(root))
                .toList();
    }

    /** A new instance of that number with its id alone. */
    Object keyed(Class<?> entity, int given) {
        Object instance = instantiate(entity);
        byNumber.put(List.of(entity, given), instance);
        int number = given + 200 * siblings(entity).indexOf(entity); // they share their ids
        var id = persister(entity).getIdentifierMapping();
        boolean derived = attributes(entity).stream().anyMatch(each -> derivesId(each.getPropertyAccess()));
        if (id instanceof NonAggregatedIdentifierMapping several) {
            several.getVirtualIdEmbeddable().forEachAttributeMapping(each -> {
                Type type = type(each.getPropertyAccess(), entity);
                Class<?> raw = Values.raw(type);
                each.getPropertyAccess()
                        .getSetter()
                        .set(instance, isEntity(raw) ? referred(raw, number) : values.key(type, number));
            });
        } else if (id instanceof SingleAttributeIdentifierMapping single
                && !derived
                && !isMarked(single.getPropertyAccess())) {
            PropertyAccess access = single.getPropertyAccess();
            access.getSetter().set(instance, values.key(type(access, entity), number));
        }
        for (AttributeMapping attribute : attributes(entity)) {
            if (attribute.getPropertyAccess().getGetter().getReturnTypeClass() == char.class) {
                set(instance, attribute, ' '); // the server refuses what the field begins with
            }
            MapsId maps = annotation(attribute.getPropertyAccess(), MapsId.class);
            if (maps != null) {
                set(instance, attribute, referred(Values.raw(type(attribute.getPropertyAccess(), entity)), number));
            }
        }
        return instance;
    }

    /** An entity of the same number: ids are made of it, so that each has its own, which is not deleted. */
    private Object referred(Class<?> type, int number) {
        int last = number % 10;
        int other = last == 3 || last == 4 ? number + 50 : number;
        return instance(concrete(type, other), other);
    }

    /** The id of an instance; where the instance is its own id, one that nobody else holds. */
    Object id(Object instance) {
        Class<?> entity = instance.getClass();
        Object id = factory.getPersistenceUnitUtil().getIdentifier(instance);
        if (id != instance) {
            return id;
        }
        Object copy = instantiate(entity);
        if (persister(entity).getIdentifierMapping() instanceof NonAggregatedIdentifierMapping several) {
            several.getVirtualIdEmbeddable().forEachAttributeMapping(each -> {
                PropertyAccess access = each.getPropertyAccess();
                access.getSetter().set(copy, access.getGetter().get(instance));
            });
        }
        return copy;
    }

    /** The same instances, those that the ids of others are made of before these. */
    Set<Object> inOrder(List<Object> instances) {
        Set<Object> ordered = new LinkedHashSet<>();
        instances.forEach(instance -> add(instance, ordered));
        return ordered;
    }

    private void add(Object instance, Set<Object> ordered) {
        keysOf(instance).forEach(key -> add(key, ordered));
        ordered.add(instance);
    }

    /** The entities that an entity's id is made of. */
    List<Object> keysOf(Object instance) {
        List<Object> keys = new ArrayList<>();
        Class<?> entity = instance.getClass();
        if (persister(entity).getIdentifierMapping() instanceof NonAggregatedIdentifierMapping several) {
            several.getVirtualIdEmbeddable()
                    .forEachAttributeMapping(each ->
                            keys.add(each.getPropertyAccess().getGetter().get(instance)));
        }
        for (AttributeMapping attribute : attributes(entity)) {
            if (annotation(attribute.getPropertyAccess(), MapsId.class) != null) {
                keys.add(attribute.getPropertyAccess().getGetter().get(instance));
            }
        }
        keys.removeIf(key -> key == null || !isEntity(key.getClass()));
        return keys;
    }

    /** What is in the columns of an entity beside its id. */
    Map<String, Object> values(Object instance) {
        Map<String, Object> found = new HashMap<>();
        for (AttributeMapping attribute : attributes(instance.getClass())) {
            if (isColumn(attribute)) {
                found.put(
                        attribute.getAttributeName(),
                        attribute.getPropertyAccess().getGetter().get(instance));
            }
        }
        return found;
    }

    /** Loads what an enhanced class has put off; references stay as they are. */
    void touch(Object found) {
        if (found instanceof PersistentAttributeInterceptable) {
            for (Method method : found.getClass().getDeclaredMethods()) {
                if (method.getName().startsWith("get") && method.getParameterCount() == 0) {
                    try {
                        method.invoke(found);
                    } catch (ReflectiveOperationException impossible) {
                        throw new AssertionError(impossible);
                    }
                }
            }
        }
    }

    Object value(AttributeMapping attribute, Class<?> entity, int number) {
        AnyDiscriminatorValue[] any =
                member(attribute.getPropertyAccess()).getAnnotationsByType(AnyDiscriminatorValue.class);
        Column column = annotation(attribute.getPropertyAccess(), Column.class);
        if (column != null && column.unique()) {
            return "only " + ++uniques;
        }
        return any.length > 0
                ? instance(any[number % any.length].entity(), spare == 0 ? number : spare)
                : values.of(type(attribute.getPropertyAccess(), entity), number);
    }

    /** Whether the application sets the attribute, and no other entity's table has it. */
    boolean isSet(AttributeMapping attribute) {
        PropertyAccess access = attribute.getPropertyAccess();
        OneToMany children = annotation(access, OneToMany.class);
        jakarta.persistence.OneToOne twin = annotation(access, jakarta.persistence.OneToOne.class);
        return !isMarked(access)
                && annotation(access, MapsId.class) == null
                && (children == null || children.mappedBy().isEmpty())
                && (twin == null || twin.mappedBy().isEmpty());
    }

    /** Whether it lies in the columns of the entity. */
    static boolean isColumn(AttributeMapping attribute) {
        PropertyAccess access = attribute.getPropertyAccess();
        return !isToMany(attribute)
                && annotation(access, ElementCollection.class) == null
                && annotation(access, JoinTable.class) == null;
    }

    private static boolean isToMany(AttributeMapping attribute) {
        PropertyAccess access = attribute.getPropertyAccess();
        return annotation(access, OneToMany.class) != null || annotation(access, ManyToMany.class) != null;
    }

    List<AttributeMapping> attributes(Class<?> entity) {
        EntityPersister persister = persister(entity);
        List<AttributeMapping> attributes = new ArrayList<>();
        for (int i = 0; i < persister.getNumberOfAttributeMappings(); i++) {
            if (!persister.getAttributeMapping(i).getAttributeName().startsWith("_")) {
                attributes.add(persister.getAttributeMapping(i));
            }
        }
        return attributes;
    }

    EntityPersister persister(Class<?> entity) {
        return factory.getMappingMetamodel().getEntityDescriptor(entity);
    }

    /** Whether a change of one of its tables may leave another alone. */
    boolean isSpread(Class<?> entity) {
        List<String> tables = new ArrayList<>();
        persister(entity).visitConstraintOrderedTables((table, columns) -> tables.add(table));
        return tables.size() > 1;
    }

    static void set(Object entity, AttributeMapping attribute, Object value) {
        attribute.getPropertyAccess().getSetter().set(entity, value);
        if (entity instanceof SelfDirtinessTracker tracker) {
            tracker.$$_hibernate_trackChange(attribute.getAttributeName());
        }
    }

    @Override
    public boolean isEntity(Class<?> type) {
        return concrete.stream().anyMatch(each -> type != Object.class && type.isAssignableFrom(each));
    }

    @Override
    public Object reference(Class<?> type, int number) {
        int other = spare == 0 ? number : spare;
        return instance(concrete(type, other), other);
    }

    private Class<?> concrete(Class<?> type, int number) {
        List<Class<?>> fitting =
                concrete.stream().filter(type::isAssignableFrom).toList();
        return fitting.get(number % fitting.size());
    }

    private static boolean derivesId(PropertyAccess access) {
        MapsId maps = annotation(access, MapsId.class);
        return maps != null && maps.value().isEmpty();
    }

    private static boolean isMarked(PropertyAccess access) {
        return SET_BY_OTHERS.stream().anyMatch(mark -> annotation(access, mark) != null);
    }

    static <A extends Annotation> A annotation(PropertyAccess access, Class<A> type) {
        return member(access).getAnnotation(type);
    }

    private static AnnotatedElement member(PropertyAccess access) {
        return (AnnotatedElement) Objects.requireNonNull(access.getGetter().getMember());
    }

    private static Type type(PropertyAccess access, Class<?> within) {
        Member member = access.getGetter().getMember();
        Type type = member instanceof Field field ? field.getGenericType() : ((Method) member).getGenericReturnType();
        return Values.resolved(type, within);
    }

    private static Object instantiate(Class<?> entity) {
        try {
            if (Modifier.isAbstract(entity.getModifiers())) {
                throw new AssertionError(entity + " is abstract");
            }
            Constructor<?> constructor = entity.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(entity + " cannot be made", impossible);
        }
    }
}
