package dev.realtime.internal.store;

import static dev.realtime.internal.connection.SqlText.identifier;

import dev.realtime.error.ConfigurationException;
import java.nio.charset.StandardCharsets;

/**
 * The name of a table of ours. Immutable.
 *
 * @param schema its schema, as the catalogue holds it
 * @param name its name, as the catalogue holds it
 */
public record StoredTable(String schema, String name) {

    private static final int LONGEST_NAME = 63;

    /**
     * A name.
     *
     * @throws ConfigurationException where a part cannot be an identifier
     */
    public StoredTable {
        check(schema);
        check(name);
    }

    /** PostgreSQL would cut it off without a word, and the table would not be found again. */
    private static void check(String part) {
        if (identifier(part).isEmpty() || part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new ConfigurationException(
                    "\"" + part + "\" is too long: PostgreSQL allows names of " + LONGEST_NAME + " bytes");
        }
    }

    /** As SQL has it, quoted. */
    @Override
    public String toString() {
        return identifier(schema) + "." + identifier(name);
    }
}
