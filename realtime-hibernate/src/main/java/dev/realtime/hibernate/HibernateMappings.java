package dev.realtime.hibernate;

import dev.realtime.error.ConfigurationException;
import dev.realtime.error.MappingException;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.EntityMappings;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.DiscriminatorMapping;
import org.hibernate.metamodel.mapping.EntityDiscriminatorMapping;
import org.hibernate.metamodel.mapping.SoftDeleteMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;

/** The entities of a SessionFactory, out of its runtime metamodel. Thread-safe. */
final class HibernateMappings implements EntityMappings {

    private final SessionFactoryImplementor factory;
    private final DetachedSession session;
    private final boolean lookUp;

    HibernateMappings(SessionFactoryImplementor factory) {
        this(factory, new DetachedSession(factory), false);
    }

    private HibernateMappings(SessionFactoryImplementor factory, DetachedSession session, boolean lookUp) {
        this.factory = factory;
        this.session = session;
        this.lookUp = lookUp;
    }

    @Override
    public EntityMappings lookingUpClasses() {
        return new HibernateMappings(factory, session, true);
    }

    @Override
    public <T> Optional<EntityMapping<T>> of(Class<T> entityType) {
        if (!factory.isOpen()) {
            throw new ConfigurationException("The EntityManagerFactory was closed before " + entityType.getName()
                    + " was mapped: start the stream while it is open, and close it after the stream");
        }
        EntityPersister entity = factory.getMappingMetamodel().findEntityDescriptor(entityType);
        return entity == null ? Optional.empty() : Optional.of(mapping(entityType, entity));
    }

    private <T> EntityMapping<T> mapping(Class<T> type, EntityPersister entity) {
        if (entity.getMappedClass() != type) {
            throw new MappingException(
                    type.getName() + ": Hibernate maps the class of this name from another class loader ("
                            + entity.getMappedClass().getClassLoader() + ") than the one asked for ("
                            + type.getClassLoader() + ")");
        }
        String name = jpaName(type);
        Refusals.check(entity, name);
        List<EntityPersister> classes = classes(entity);
        List<HibernateLayout<T>> layouts = new ArrayList<>();
        if (hasTablePerClass(entity)) {
            for (EntityPersister each : classes) {
                if (!Modifier.isAbstract(each.getMappedClass().getModifiers())) {
                    layouts.add(layout(type, name, each, List.of(each), ShapeTables.ofClass(each)));
                }
            }
        } else {
            EntityPersister root = entity.getRootEntityDescriptor().getEntityPersister();
            layouts.add(layout(type, name, entity, classes, ShapeTables.ofHierarchy(root, classes)));
        }
        if (layouts.isEmpty()) {
            throw new MappingException(name + ": it is abstract, and no class below it is mapped: it has no table");
        }
        HibernateEntityMapping<T> mapping = new HibernateEntityMapping<>(type, name, layouts);
        layouts.forEach(layout -> Refusals.check(layout, name));
        return mapping;
    }

    /** The class and those below it, the class first. */
    private List<EntityPersister> classes(EntityPersister entity) {
        List<EntityPersister> classes = new ArrayList<>(List.of(entity));
        for (String subclass : entity.getSubclassEntityNames()) {
            if (!subclass.equals(entity.getEntityName())) {
                classes.add(factory.getMappingMetamodel().getEntityDescriptor(subclass));
            }
        }
        return classes;
    }

    private static boolean hasTablePerClass(EntityPersister entity) {
        boolean inherits = entity.getSuperMappingType() != null || entity.hasSubclasses();
        return inherits && entity instanceof UnionSubclassEntityPersister;
    }

    /**
     * @param top the class of which all others are, and which makes the id
     */
    private <T> HibernateLayout<T> layout(
            Class<T> type, String name, EntityPersister top, List<EntityPersister> classes, ShapeTables tables) {
        Columns columns = new Columns(tables);
        Parts parts = new Parts(factory, columns, session);
        List<EntityShape> shapes = new ArrayList<>();
        for (EntityPersister each : classes) {
            shapes.add(new EntityShape(each, jpaName(each.getMappedClass()), parts));
        }
        Set<String> hierarchy = new HashSet<>();
        DiscriminatorMapping discriminator = null;
        BasicPart column = null;
        if (hasTablePerClass(top)) {
            hierarchy.add(top.getEntityName());
        } else {
            EntityPersister root = top.getRootEntityDescriptor().getEntityPersister();
            classes(root).stream()
                    .filter(each -> !Modifier.isAbstract(each.getMappedClass().getModifiers()))
                    .forEach(each -> hierarchy.add(each.getEntityName()));
            EntityDiscriminatorMapping ofRoot = root.hasSubclasses() ? root.getDiscriminatorMapping() : null;
            if (ofRoot != null && ofRoot.hasPhysicalColumn() && !ofRoot.isFormula()) {
                discriminator = ofRoot;
                column = parts.basic(ofRoot, name);
            }
        }
        SoftDeleteMapping softDelete = top.getSoftDeleteMapping();
        BasicPart mark = softDelete == null ? null : parts.basic(softDelete, name + "'s @SoftDelete");
        Classes all = new Classes(shapes.get(0), shapes, hierarchy, discriminator, column, lookUp ? lookup(top) : null);
        return new HibernateLayout<>(type, name, columns, parts.basics(), all, mark);
    }

    private ClassLookup lookup(EntityPersister entity) {
        return new ClassLookup(factory, entity.getRootEntityDescriptor().getEntityPersister());
    }

    private String jpaName(Class<?> type) {
        EntityManagerFactory jpa = factory;
        return jpa.getMetamodel().entity(type).getName();
    }
}
