package dev.realtime.mapping;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table as PostgreSQL's catalogue holds it: exact case, no quotes. Immutable.
 *
 * @param schema the schema's name, or null where the mapping does not say which: the table is then looked up in the
 *     database, and must be the only one of its name or lie on the search path
 * @param name the table's name
 */
public record TableName(@Nullable String schema, String name) {

    /**
     * A name.
     *
     * @throws IllegalArgumentException where a part is empty
     */
    public TableName {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || schema != null && schema.isEmpty()) {
            throw new IllegalArgumentException("A table's name and its schema's name are not empty");
        }
    }

    /** As SQL would have it, quoted: {@code "public"."Order"}. */
    @Override
    public String toString() {
        return schema == null ? quoted(name) : quoted(schema) + "." + quoted(name);
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
