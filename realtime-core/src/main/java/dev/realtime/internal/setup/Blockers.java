package dev.realtime.internal.setup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who holds up a step of the set-up, out of {@code pg_locks}, which every role may read (manual, section 54.12). How long
 * a session has its transaction open is hidden from roles without {@code pg_read_all_stats}.
 * Confined to one thread.
 */
final class Blockers {

    /**
     * A lock without a process belongs to a prepared transaction, which is known by its number; of its other locks, by way
     * of the one on that number.
     */
    private static final String QUERY = """
            SELECT DISTINCT coalesce(l.pid, 0) AS pid, coalesce(a.usename, p.owner) AS role, a.application_name AS application,
                   p.gid AS prepared,
                   extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, p.prepared))::int8 AS age
            FROM pg_locks l
            LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            LEFT JOIN pg_locks x ON l.pid IS NULL AND x.pid IS NULL AND x.virtualtransaction = l.virtualtransaction
                AND x.locktype = 'transactionid'
            LEFT JOIN pg_prepared_xacts p ON p.transaction = x.transactionid
            WHERE l.granted AND l.pid IS DISTINCT FROM pg_backend_pid() AND\s""";

    private final Catalogue catalogue;

    Blockers(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Whoever has written and not ended, in any database: the creation of a slot waits for each of them. */
    List<Backend> writers() throws SQLException {
        return query("l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock'");
    }

    /** Whoever holds a lock on one of the tables, which are named as SQL has it. */
    List<Backend> holders(Collection<String> tables) throws SQLException {
        return query(
                "l.locktype = 'relation' AND l.relation = ANY (?::regclass[]::oid[]) AND l.database ="
                        + " (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())",
                tables);
    }

    private List<Backend> query(String condition, Object... parameters) throws SQLException {
        return catalogue.query(QUERY + condition + " ORDER BY 5 DESC NULLS LAST, 1", Blockers::backend, parameters);
    }

    private static Backend backend(ResultSet row) throws SQLException {
        long age = row.getLong("age");
        Duration open = row.wasNull() ? null : Duration.ofSeconds(Math.max(0, age));
        return new Backend(
                row.getInt("pid"), row.getString("role"), shown(row, "application"), row.getString("prepared"), open);
    }

    /** A text, or null where it is empty or hidden. */
    static @Nullable String shown(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null || text.isEmpty() ? null : text;
    }

    static String inWords(List<Backend> backends) {
        return backends.isEmpty()
                ? "nobody any more; try again"
                : backends.stream().map(Backend::toString).collect(Collectors.joining(", "));
    }
}
