package dev.realtime.hibernate;

import org.jspecify.annotations.Nullable;

/** A part that refers to another entity. Thread-safe. */
sealed interface Referring extends Part permits ReferencePart, AnyPart {

    /** The id referred to, without a reference around it. */
    @Nullable
    Object id(Reading reading);
}
