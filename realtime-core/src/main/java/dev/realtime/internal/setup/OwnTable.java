package dev.realtime.internal.setup;

import dev.realtime.mapping.TableName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table that the library itself needs in the database. It must not be in the publication: what is written there would
 * come back as changes. Immutable.
 *
 * @param name its name, with its schema
 * @param reason what it is for, one line
 * @param creation the statement that creates it
 * @param privileges what the streaming role needs there, such as {@code INSERT}
 * @param grantee the streaming role; null where it is the one that looks
 */
public record OwnTable(
        TableName name,
        String reason,
        String creation,
        List<String> privileges,
        @Nullable String grantee) {

    /** A table of the library. */
    public OwnTable {
        Objects.requireNonNull(name.schema(), "schema");
        privileges = List.copyOf(privileges);
    }
}
