package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import java.util.Arrays;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableMappingType.ConcreteEmbeddableType;
import org.hibernate.metamodel.spi.EmbeddableRepresentationStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Which class an embeddable is: the only one, or the one that its discriminator column names. Thread-safe.
 *
 * @param type Hibernate's
 * @param discriminator reads the column that tells the class; null where there is one class
 */
record EmbeddableClass(
        EmbeddableMappingType type, @Nullable BasicPart discriminator, SessionFactoryImplementor factory) {

    /** The discriminator's column, where there is one. */
    int[] columns() {
        return discriminator == null ? new int[0] : discriminator.columns();
    }

    /** The discriminator as the column has it; null where there is none. */
    @Nullable
    Object named(Reading reading) {
        return discriminator == null ? null : discriminator.raw(reading);
    }

    /** Null where there is one class; an error where the discriminator names none. */
    @Nullable
    ConcreteEmbeddableType concrete(@Nullable Object named, Reading reading) {
        if (discriminator == null || named == null) {
            return null;
        }
        ConcreteEmbeddableType found = type.findSubtypeByDiscriminator(named);
        if (found == null) {
            throw new MappingException(discriminator.path() + ": column " + reading.describe(discriminator.ordinal())
                    + " names no class of the embeddable");
        }
        return found;
    }

    /**
     * @param values of the attributes, in Hibernate's order
     */
    Object instance(@Nullable Object[] values, @Nullable Object named) {
        EmbeddableRepresentationStrategy strategy = type.getRepresentationStrategy();
        if (discriminator == null) {
            return Instantiation.embeddable(strategy.getInstantiator(), values, factory);
        }
        @Nullable Object[] withClass = Arrays.copyOf(values, values.length + 1);
        withClass[values.length] = named;
        return Instantiation.embeddable(strategy.getInstantiatorForDiscriminator(named), withClass, factory);
    }
}
