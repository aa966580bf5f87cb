package dev.realtime.mapping;

import dev.realtime.type.PgType;
import java.util.Objects;

/**
 * A column as the stream describes it. Immutable.
 *
 * @param table the position of its table in {@link EntityLayout#tables()}; 0 where there is one
 * @param name its name as PostgreSQL's catalogue holds it
 * @param type its type
 */
public record Column(int table, String name, PgType type) {

    /** A column. */
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /**
     * A column of the only table, or of the first.
     *
     * @param name its name as PostgreSQL's catalogue holds it
     * @param type its type
     */
    public Column(String name, PgType type) {
        this(0, name, type);
    }
}
