package dev.realtime.mapping;

import dev.realtime.type.PgType;
import java.util.Objects;

/**
 * A column as the stream describes it. Immutable.
 *
 * @param name its name as PostgreSQL's catalogue holds it
 * @param type its type
 */
public record Column(String name, PgType type) {

    /** A column. */
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }
}
