package dev.realtime.hibernate;

import dev.realtime.error.MappingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.metamodel.mapping.DiscriminatorMapping;
import org.jspecify.annotations.Nullable;

/**
 * Which class of entities a row is: the only one, or the one that the discriminator column of a SINGLE_TABLE hierarchy
 * names. Thread-safe.
 */
final class Classes {

    private final EntityShape registered;
    private final Map<String, EntityShape> byEntityName;
    private final @Nullable DiscriminatorMapping discriminator;
    private final @Nullable BasicPart column;

    /**
     * @param registered the class that was asked for
     * @param byEntityName it and its subclasses, by Hibernate's name
     * @param discriminator null where the table has none
     * @param column what reads it; null where the table has none
     */
    Classes(
            EntityShape registered,
            Map<String, EntityShape> byEntityName,
            @Nullable DiscriminatorMapping discriminator,
            @Nullable BasicPart column) {
        this.registered = registered;
        this.byEntityName = Collections.unmodifiableMap(new LinkedHashMap<>(byEntityName)); // in their order
        this.discriminator = discriminator;
        this.column = column;
    }

    List<EntityShape> all() {
        return List.copyOf(byEntityName.values());
    }

    /** The ordinal of the discriminator; none where the table has no subclasses. */
    int[] columns() {
        return column == null ? new int[0] : column.columns();
    }

    /** The registered class where the discriminator is not known, as in a key. */
    EntityShape of(Reading reading) {
        if (column == null || discriminator == null || !reading.knows(column.columns())) {
            return registered;
        }
        Object value = column.raw(reading);
        EntityShape shape = byEntityName.get(entityName(discriminator, value, column, reading));
        if (shape == null) {
            throw new MappingException(column.path() + ": column " + reading.describe(column.ordinal())
                    + " names a class outside the hierarchy of "
                    + registered.type().getName());
        }
        return shape;
    }

    private static String entityName(
            DiscriminatorMapping discriminator, @Nullable Object value, BasicPart column, Reading reading) {
        try {
            return discriminator
                    .getValueConverter()
                    .getDetailsForDiscriminatorValue(value)
                    .getIndicatedEntity()
                    .getEntityName();
        } catch (RuntimeException unknown) {
            throw Failure.of(
                    column.path() + ": column " + reading.describe(column.ordinal())
                            + " names no class of the hierarchy",
                    unknown);
        }
    }
}
