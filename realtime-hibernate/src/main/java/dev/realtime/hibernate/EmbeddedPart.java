package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import java.util.List;
import java.util.stream.IntStream;
import org.hibernate.metamodel.mapping.EmbeddableMappingType.ConcreteEmbeddableType;
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
    private final EmbeddableClass type;
    private final @Nullable PropertyAccess parent;
    private final int[] columns;

    /**
     * @param members in the order of the embeddable's attributes
     * @param key whether it is an id or a reference to one
     * @param type its class, or classes
     * @param parent the embeddable's {@code @Parent}, if it has one
     */
    EmbeddedPart(
            String path, List<Member> members, boolean key, EmbeddableClass type, @Nullable PropertyAccess parent) {
        this.path = path;
        this.members = List.copyOf(members);
        this.key = key;
        this.type = type;
        this.parent = parent;
        IntStream own = this.members.stream()
                .flatMapToInt(member -> IntStream.of(member.part().columns()));
        this.columns =
                IntStream.concat(own, IntStream.of(type.columns())).distinct().toArray();
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
        Object named = type.named(reading);
        ConcreteEmbeddableType concrete = type.concrete(named, reading);
        boolean allNull = true;
        for (int i = 0; i < values.length; i++) {
            if (concrete != null && !concrete.declaresAttribute(i)) {
                continue;
            }
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
        refuseNullPrimitives(values, concrete);
        return instance(values, named, reading);
    }

    private void refuseNullPrimitives(@Nullable Object[] values, @Nullable ConcreteEmbeddableType concrete) {
        for (int i = 0; i < values.length; i++) {
            boolean declared = concrete == null || concrete.declaresAttribute(i);
            if (declared && values[i] == null && members.get(i).primitive()) {
                throw new MappingException(
                        members.get(i).path() + ": it is of a primitive type, and its column is NULL");
            }
        }
    }

    private Object instance(@Nullable Object[] values, @Nullable Object named, Reading reading) {
        try {
            Object instance = type.instance(values, named);
            if (parent != null && reading.owner != null) {
                parent.getSetter().set(instance, reading.owner);
            }
            return instance;
        } catch (RuntimeException failure) {
            throw Failure.of(path + ": its embeddable cannot be built of its columns", failure);
        }
    }
}
