package dev.realtime.event;

import dev.realtime.wal.Lsn;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody changed the publication: from some position in a window on, other changes of these tables are sent than before.
 * PostgreSQL announces that to nobody, so it is found by looking, every ten seconds, and may be told after changes that
 * came behind it. Immutable.
 *
 * @param slot the replication slot of the stream
 * @param tables the tables, quoted where they must be, with their schemas
 * @param from the end of the server's log when the publication was last seen as it had been
 * @param to the end of the server's log when it was seen changed
 */
public record CaptureChanged(String slot, Set<String> tables, Lsn from, Lsn to) implements Signal {

    /** A change of the publication. */
    public CaptureChanged {
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        tables = Collections.unmodifiableSet(new TreeSet<>(tables));
    }
}
