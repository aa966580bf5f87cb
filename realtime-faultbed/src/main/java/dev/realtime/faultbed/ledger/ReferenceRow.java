package dev.realtime.faultbed.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A row change as the independent decoder tells it. Immutable.
 *
 * @param ordinal which row change of its transaction, from 0, counting the tables the reference was made for
 * @param table schema and name, quoted where SQL would
 * @param operation what was done to the row
 * @param key the row's key after the change; {@code -} for a truncation
 * @param oldKey the key before the change, where an update changed it
 * @param crc the row's column {@code crc}; null where the change tells none, as a delete
 */
public record ReferenceRow(
        long ordinal,
        String table,
        Operation operation,
        String key,
        @Nullable String oldKey,
        @Nullable Integer crc) {

    boolean matches(Handled handled) {
        return operation == handled.operation() && key.equals(handled.key()) && (crc == null || crc == handled.crc());
    }
}
