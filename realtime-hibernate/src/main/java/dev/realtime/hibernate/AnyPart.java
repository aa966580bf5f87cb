package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.metamodel.mapping.DiscriminatedAssociationModelPart;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * An {@code @Any}: one column tells the class of the entity referred to, another its id. Null where either is.
 * Thread-safe.
 */
final class AnyPart implements Referring {

    private final String path;
    private final DiscriminatedAssociationModelPart any;
    private final BasicPart discriminator;
    private final BasicPart key;
    private final boolean mayStub;
    private final DetachedSession session;
    private final int[] columns;
    private final Map<String, References> byEntityName = Collections.synchronizedMap(new HashMap<>());

    /**
     * @param mayStub whether an instance with nothing but the id may stand for an entity without a proxy
     */
    AnyPart(
            DiscriminatedAssociationModelPart any,
            BasicPart discriminator,
            BasicPart key,
            boolean mayStub,
            DetachedSession session) {
        this.path = key.path();
        this.any = any;
        this.discriminator = discriminator;
        this.key = key;
        this.mayStub = mayStub;
        this.session = session;
        this.columns = new int[] {discriminator.ordinal(), key.ordinal()};
    }

    @Override
    public int[] columns() {
        return columns;
    }

    @Override
    public @Nullable Object read(Reading reading) {
        Object named = discriminator.raw(reading);
        Object id = named == null ? null : key.read(reading);
        if (named == null || id == null) {
            return null;
        }
        EntityPersister target = target(named, reading);
        try {
            return byEntityName
                    .computeIfAbsent(target.getEntityName(), name -> references(target))
                    .to(id);
        } catch (RuntimeException failure) {
            throw Failure.of(path + ": no reference to its entity can be made", failure);
        }
    }

    @Override
    public @Nullable Object id(Reading reading) {
        return discriminator.raw(reading) == null ? null : key.read(reading);
    }

    private EntityPersister target(Object named, Reading reading) {
        EntityMappingType entity;
        try {
            entity = any.resolveDiscriminatorValue(named);
        } catch (RuntimeException unknown) {
            throw Failure.of(namesNoEntity(reading), unknown);
        }
        if (entity == null) {
            throw new MappingException(namesNoEntity(reading));
        }
        return entity.getEntityPersister();
    }

    private String namesNoEntity(Reading reading) {
        return path + ": column " + reading.describe(discriminator.ordinal()) + " names no entity that it may refer to";
    }

    private References references(EntityPersister target) {
        try {
            return References.of(target, mayStub, session);
        } catch (Unreadable impossible) {
            throw new MappingException(impossible.reason());
        }
    }
}
