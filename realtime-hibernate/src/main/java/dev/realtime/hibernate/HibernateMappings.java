package dev.realtime.hibernate;

import dev.realtime.error.ConfigurationException;
import dev.realtime.error.MappingException;
import dev.realtime.mapping.EntityMapping;
import dev.realtime.mapping.EntityMappings;
import jakarta.persistence.EntityManagerFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.EntityDiscriminatorMapping;
import org.hibernate.persister.entity.EntityPersister;

/** The entities of a SessionFactory, out of its runtime metamodel. Thread-safe. */
final class HibernateMappings implements EntityMappings {

    private final SessionFactoryImplementor factory;
    private final DetachedSession session;

    HibernateMappings(SessionFactoryImplementor factory) {
        this.factory = factory;
        this.session = new DetachedSession(factory);
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
        String table = entity.getMappedTableDetails().getTableName();
        Columns columns = new Columns();
        Parts parts = new Parts(factory, columns, session, table);
        Map<String, EntityShape> shapes = new LinkedHashMap<>();
        for (String subclass : entity.getSubclassEntityNames()) {
            EntityPersister each = factory.getMappingMetamodel().getEntityDescriptor(subclass);
            shapes.put(subclass, new EntityShape(each, jpaName(each.getMappedClass()), parts));
        }
        EntityShape registered = Objects.requireNonNull(shapes.get(entity.getEntityName()), name);
        EntityDiscriminatorMapping discriminator = entity.hasSubclasses() ? entity.getDiscriminatorMapping() : null;
        BasicPart column = discriminator == null ? null : parts.basic(discriminator, name);
        Classes classes = new Classes(registered, shapes, discriminator, column);
        TableColumns tableColumns = new TableColumns(SqlNames.table(table), columns.names(), parts.basics());
        return new HibernateEntityMapping<>(type, name, tableColumns, registered, classes);
    }

    private String jpaName(Class<?> type) {
        EntityManagerFactory jpa = factory;
        return jpa.getMetamodel().entity(type).getName();
    }
}
