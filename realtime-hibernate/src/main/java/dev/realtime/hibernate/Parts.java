package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hibernate.engine.spi.CascadingActions;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.DiscriminatedAssociationModelPart;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;

/**
 * Builds the parts of one entity. The shape of a value comes from Hibernate's model part, its columns from an iterator
 * beside it: so a foreign key's columns make the id of the entity referred to. Confined to the thread that builds the
 * mapping.
 */
final class Parts {

    private final SessionFactoryImplementor factory;
    private final Columns columns;
    private final DetachedSession session;
    private final Selectables selectables;
    private final List<BasicPart> basics = new ArrayList<>();

    Parts(SessionFactoryImplementor factory, Columns columns, DetachedSession session) {
        this.factory = factory;
        this.columns = columns;
        this.session = session;
        this.selectables = new Selectables(columns.tables());
    }

    /**
     * @param path such as {@code User.address}
     * @throws Unreadable where no row of the tables can tell the attribute
     * @throws MappingException where the attribute is of a kind that is not mapped
     */
    Part attribute(AttributeMapping attribute, String path) throws Unreadable {
        return attribute(attribute, path, selectables.of(attribute, path).iterator(), false);
    }

    /** The id as JPA has it: a value, an embeddable, an {@code @IdClass}. */
    Part id(EntityIdentifierMapping id, String path) throws Unreadable {
        return id(id, path, selectables.of(id, path).iterator());
    }

    BasicPart basic(SelectableMapping column, String path) {
        int ordinal = columns.ordinal(column);
        BasicPart part = new BasicPart(path, ordinal, column.getJdbcMapping(), factory);
        basics.add(part);
        return part;
    }

    ShapeTables tables() {
        return columns.tables();
    }

    /** Every column that was built in, once for each place where it is read. */
    List<BasicPart> basics() {
        return List.copyOf(basics);
    }

    private Part attribute(AttributeMapping attribute, String path, Iterator<SelectableMapping> source, boolean key)
            throws Unreadable {
        if (attribute instanceof PluralAttributeMapping toMany) {
            boolean byId = toMany.getKeyDescriptor().getTargetPart().isEntityIdentifierMapping();
            return new ToManyPart(toMany.getCollectionDescriptor(), byId, session);
        }
        if (attribute instanceof ToOneAttributeMapping toOne) {
            return reference(toOne, path, source);
        }
        if (attribute instanceof DiscriminatedAssociationModelPart any) {
            BasicPart discriminator = basic(source.next(), path);
            return new AnyPart(any, discriminator, basic(source.next(), path), !cascadesMerge(attribute), session);
        }
        if (attribute instanceof EmbeddableValuedModelPart embedded
                && embedded.getEmbeddableTypeDescriptor().getAggregateMapping() == null) {
            return embedded(embedded, path, source, key);
        }
        return basic(source.next(), path);
    }

    private Part reference(ToOneAttributeMapping toOne, String path, Iterator<SelectableMapping> source)
            throws Unreadable {
        var target = toOne.getEntityMappingType().getEntityPersister();
        Part id = id(target.getIdentifierMapping(), path, source);
        return new ReferencePart(path, id, References.of(target, !cascadesMerge(toOne), session));
    }

    private static boolean cascadesMerge(AttributeMapping attribute) {
        return attribute.getAttributeMetadata().getCascadeStyle().doCascade(CascadingActions.MERGE);
    }

    private Part embedded(
            EmbeddableValuedModelPart embedded, String path, Iterator<SelectableMapping> source, boolean key)
            throws Unreadable {
        EmbeddableMappingType type = embedded.getEmbeddableTypeDescriptor();
        List<EmbeddedPart.Member> members = new ArrayList<>();
        for (int i = 0; i < type.getNumberOfAttributeMappings(); i++) {
            AttributeMapping attribute = type.getAttributeMapping(i);
            members.add(member(attribute, attribute, path, source, key));
        }
        BasicPart discriminator = type.isPolymorphic() ? basic(source.next(), path) : null;
        var parent = embedded.getParentInjectionAttributePropertyAccess();
        return new EmbeddedPart(path, members, key, new EmbeddableClass(type, discriminator, factory), parent);
    }

    private EmbeddedPart.Member member(
            AttributeMapping shape,
            AttributeMapping holder,
            String path,
            Iterator<SelectableMapping> source,
            boolean key)
            throws Unreadable {
        String memberPath = path + "." + holder.getAttributeName();
        Part part = shape instanceof ToOneAttributeMapping toOne && !(holder instanceof ToOneAttributeMapping)
                ? id(toOne.getEntityMappingType().getIdentifierMapping(), memberPath, source)
                : attribute(holder, memberPath, source, key);
        Class<?> type = holder.getPropertyAccess().getGetter().getReturnTypeClass();
        return new EmbeddedPart.Member(part, memberPath, type.isPrimitive());
    }

    private Part id(EntityIdentifierMapping id, String path, Iterator<SelectableMapping> source) throws Unreadable {
        if (id instanceof NonAggregatedIdentifierMapping several) {
            return several(several, path, source);
        }
        if (id instanceof EmbeddableValuedModelPart embedded) {
            return embedded(embedded, path, source, true);
        }
        return basic(source.next(), path);
    }

    /** In an {@code @IdClass} a reference of the entity is the id referred to; without one the entity is its own id. */
    private Part several(NonAggregatedIdentifierMapping id, String path, Iterator<SelectableMapping> source)
            throws Unreadable {
        EmbeddableMappingType inEntity = id.getVirtualIdEmbeddable();
        EmbeddableMappingType inId = id.getIdClassEmbeddable() == null ? inEntity : id.getIdClassEmbeddable();
        List<EmbeddedPart.Member> members = new ArrayList<>();
        for (int i = 0; i < inId.getNumberOfAttributeMappings(); i++) {
            members.add(member(inEntity.getAttributeMapping(i), inId.getAttributeMapping(i), path, source, true));
        }
        return new EmbeddedPart(path, members, true, new EmbeddableClass(inId, null, factory), null);
    }
}
