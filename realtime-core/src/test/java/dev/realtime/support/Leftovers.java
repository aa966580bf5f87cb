package dev.realtime.support;

import dev.realtime.faultbed.server.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;

/** What a stream may leave behind, in this process and on the server. */
public final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String ON_SERVER = """
            SELECT 'session ' || pid FROM pg_stat_activity WHERE application_name = 'realtime:%1$s'
            UNION ALL SELECT 'publication ' || pubname FROM pg_publication
            UNION ALL SELECT 'published ' || tablename FROM pg_publication_tables
            UNION ALL SELECT 'slot ' || slot_name FROM pg_replication_slots WHERE slot_name = '%1$s'
            UNION ALL SELECT 'full identity of ' || relname FROM pg_class WHERE relreplident = 'f'
            UNION ALL SELECT 'advisory lock of ' || pid FROM pg_locks WHERE locktype = 'advisory' AND database =
                (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private Leftovers() {}

    /** Threads, sessions, locks, publications, slots and identities that are there now. */
    public static Set<String> of(TestDatabase database, String slot) throws SQLException {
        Set<String> found = new TreeSet<>(threads(slot));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ON_SERVER.formatted(slot))) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /** The stream's own threads that run. */
    public static Set<String> threads(String slot) {
        Set<String> found = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("realtime-" + slot + "-")) {
                found.add("thread " + thread.getName());
            }
        }
        return found;
    }

    /**
     * Waits until nothing is there but what was before. Of that, something may have gone: a session that was ending when it
     * was looked at.
     */
    public static void awaitNoneBut(Set<String> before, TestDatabase database, String slot) {
        Stage.await(PATIENCE)
                .untilAsserted(() -> Assertions.assertThat(of(database, slot)).isSubsetOf(before));
    }

    /**
     * Waits until those threads have ended in which the driver is connecting now. They do not tell for whom: one that
     * another test starts meanwhile does not count.
     */
    public static void awaitDriverConnected() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("PostgreSQL JDBC driver connection")) {
                Stage.await(PATIENCE).until(() -> !thread.isAlive());
            }
        }
    }
}
