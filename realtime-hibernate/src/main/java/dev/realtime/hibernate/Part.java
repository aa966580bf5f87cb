package dev.realtime.hibernate;

import org.jspecify.annotations.Nullable;

/**
 * A node of an entity's shape: reads one value of the object graph (an attribute, a part of an embeddable, an id) out of
 * a row. Immutable; thread-safe.
 */
sealed interface Part permits BasicPart, EmbeddedPart, Referring, ToManyPart {

    /**
     * @param reading a row in which every one of {@link #columns()} is known
     * @return null where the value is null
     * @throws dev.realtime.error.MappingException where the columns do not hold such a value
     */
    @Nullable
    Object read(Reading reading);

    /** The ordinals of the columns that the value lies in. */
    int[] columns();
}
