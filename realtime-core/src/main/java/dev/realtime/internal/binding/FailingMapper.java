package dev.realtime.internal.binding;

import dev.realtime.error.MappingException;
import dev.realtime.error.RealtimeException;
import dev.realtime.mapping.MappedAttribute;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.RowMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a mapper where an entity could not be married to a version of its table: each row fails with the reason, in
 * the hands of the subscriptions that wanted it, and the others go on. Immutable.
 */
record FailingMapper<T>(Class<T> entityType, String entityName, RealtimeException reason) implements RowMapper<T> {

    @Override
    public List<MappedAttribute> attributes() {
        return List.of();
    }

    @Override
    public Class<? extends T> entityType(Row row) {
        throw failure();
    }

    @Override
    public Object id(Row row) {
        throw failure();
    }

    @Override
    public T entity(Row row) {
        throw failure();
    }

    @Override
    public @Nullable Object value(MappedAttribute attribute, Row row) {
        throw failure();
    }

    @Override
    public @Nullable Object referenceId(MappedAttribute attribute, Row row) {
        throw failure();
    }

    /** New each time: it is thrown on the threads of several subscriptions. */
    private MappingException failure() {
        return new MappingException(
                entityName + " cannot be mapped as its table is now: " + reason.getMessage(), reason);
    }
}
