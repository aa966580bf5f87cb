package dev.realtime.internal.binding;

import dev.realtime.event.Image;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row as a state of its entity, which is built when it is first asked for. Thread-safe. */
final class RowImage<T> implements Image<T> {

    private final EntityBinding<T> binding;
    private final TupleRow row;
    private @Nullable T entity;
    private @Nullable Set<String> unavailable;

    RowImage(EntityBinding<T> binding, TupleRow row) {
        this.binding = binding;
        this.row = row;
    }

    @Override
    public synchronized T entity() {
        T built = entity;
        if (built == null) {
            built = binding.mapper().entity(row);
            entity = built;
        }
        return built;
    }

    @Override
    public synchronized Set<String> unavailable() {
        Set<String> names = unavailable;
        if (names == null) {
            names = new LinkedHashSet<>();
            for (BoundAttribute attribute : binding.attributes()) {
                if (!attribute.isKnown(row) && binding.mapper().has(attribute.mapped(), row)) {
                    names.add(attribute.name());
                }
            }
            names = Collections.unmodifiableSet(names);
            unavailable = names;
        }
        return names;
    }

    @Override
    public @Nullable Object referenceId(String name) {
        BoundAttribute attribute = binding.attribute(name);
        if (!attribute.isKnown(row)) {
            throw new IllegalStateException(
                    "PostgreSQL did not send " + binding.entityName() + "." + name + " with this change");
        }
        return binding.mapper().referenceId(attribute.mapped(), row);
    }
}
