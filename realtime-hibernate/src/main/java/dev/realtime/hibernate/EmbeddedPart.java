package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import java.util.List;
import java.util.stream.IntStream;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.spi.EmbeddableInstantiator;
import org.hibernate.property.access.spi.PropertyAccess;
import org.jspecify.annotations.Nullable;

/**
 * Several parts in one object: an embeddable, an {@code @EmbeddedId} or an {@code @IdClass}. It is null where all of its
 * parts are; as a key, where any of them is. Thread-safe.
 */
final class EmbeddedPart implements Part {

    /**
     * @param part what reads it
     * @param path such as {@code User.address.city}
     * @param primitive whether it cannot hold null
     */
    record Member(Part part, String path, boolean primitive) {}

    private final String path;
    private final List<Member> members;
    private final boolean key;
    private final EmbeddableInstantiator instantiator;
    private final @Nullable PropertyAccess parent;
    private final SessionFactoryImplementor factory;
    private final int[] columns;

    /**
     * @param members in the order of the embeddable's attributes
     * @param key whether it is an id or a reference to one
     * @param parent the embeddable's {@code @Parent}, if it has one
     */
    EmbeddedPart(
            String path,
            List<Member> members,
            boolean key,
            EmbeddableInstantiator instantiator,
            @Nullable PropertyAccess parent,
            SessionFactoryImplementor factory) {
        this.path = path;
        this.members = List.copyOf(members);
        this.key = key;
        this.instantiator = instantiator;
        this.parent = parent;
        this.factory = factory;
        this.columns = this.members.stream()
                .flatMapToInt(member -> IntStream.of(member.part().columns()))
                .distinct()
                .toArray();
    }

    List<Member> members() {
        return members;
    }

    @Override
    public int[] columns() {
        return columns;
    }

    @Override
    public @Nullable Object read(Reading reading) {
        @Nullable Object[] values = new Object[members.size()];
        boolean allNull = true;
        for (int i = 0; i < values.length; i++) {
            Object value = members.get(i).part().read(reading);
            if (value == null && key) {
                return null;
            }
            values[i] = value;
            allNull &= value == null;
        }
        if (allNull) {
            return null;
        }
        refuseNullPrimitives(values);
        return instance(values, reading);
    }

    private void refuseNullPrimitives(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && members.get(i).primitive()) {
                throw new MappingException(
                        members.get(i).path() + ": it is of a primitive type, and its column is NULL");
            }
        }
    }

    private Object instance(@Nullable Object[] values, Reading reading) {
        try {
            Object instance = Instantiation.embeddable(instantiator, values, factory);
            if (parent != null && reading.owner != null) {
                parent.getSetter().set(instance, reading.owner);
            }
            return instance;
        } catch (RuntimeException failure) {
            throw Failure.of(path + ": its embeddable cannot be built of its columns", failure);
        }
    }
}
