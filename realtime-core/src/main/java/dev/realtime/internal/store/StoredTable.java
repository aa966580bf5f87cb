package dev.realtime.internal.store;

import static dev.realtime.internal.connection.SqlText.identifier;

import java.util.Objects;

/**
 * The name of a table of ours. Immutable.
 *
 * @param schema its schema, as the catalogue holds it
 * @param name its name, as the catalogue holds it
 */
public record StoredTable(String schema, String name) {

    /**
     * A name.
     *
     * @throws dev.realtime.error.ConfigurationException where a part cannot be an identifier
     */
    public StoredTable {
        Objects.requireNonNull(identifier(schema));
        Objects.requireNonNull(identifier(name));
    }

    /** As SQL has it, quoted. */
    @Override
    public String toString() {
        return identifier(schema) + "." + identifier(name);
    }
}
