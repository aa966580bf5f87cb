package dev.realtime.support;

import dev.realtime.faultbed.server.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Watches how many connections an application has, as the server sees it, from its beginning to its end. */
public final class Connections implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(10);

    /**
     * Of walsenders and of others: how many were in use when the latest came, itself included. A process that was told to
     * end is seen for a moment more, but does nothing more; one that is kept is seen for longer than that.
     */
    private static final String AT_ONCE = """
            WITH activity AS MATERIALIZED (SELECT * FROM pg_stat_activity WHERE application_name = ?)
            SELECT coalesce(max(at_once) FILTER (WHERE walsender), 0), coalesce(max(at_once) FILTER (WHERE NOT walsender), 0)
            FROM (SELECT latest.backend_type = 'walsender' AS walsender, count(*) AS at_once
                  FROM activity latest JOIN activity earlier
                  ON (earlier.backend_type = 'walsender') = (latest.backend_type = 'walsender')
                  AND (earlier.pid = latest.pid
                      OR earlier.backend_start <= latest.backend_start AND (earlier.state_change > latest.backend_start
                          OR clock_timestamp() - latest.backend_start > interval '500 ms'))
                  GROUP BY latest.pid, latest.backend_type) s
            """;

    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<Void> watch;
    private volatile int mostReplicating;
    private volatile int mostOthers;
    private volatile int looks;

    private Connections(TestDatabase database, String applicationName) {
        this.watch = CompletableFuture.runAsync(
                () -> watch(database, applicationName), task -> new Thread(task, "watch-connections").start());
    }

    public static Connections of(TestDatabase database, String applicationName) {
        return new Connections(database, applicationName);
    }

    private void watch(TestDatabase database, String applicationName) {
        try (Connection connection = database.connect();
                PreparedStatement activity = connection.prepareStatement(AT_ONCE)) {
            activity.setString(1, applicationName);
            while (!end.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                try (ResultSet row = activity.executeQuery()) {
                    row.next();
                    mostReplicating = Math.max(mostReplicating, row.getInt(1));
                    mostOthers = Math.max(mostOthers, row.getInt(2));
                    looks++;
                }
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException("The connections could not be watched to the end", e);
        }
    }

    /** The most walsenders at once. */
    public int mostReplicating() {
        return mostReplicating;
    }

    /** The most ordinary sessions at once. */
    public int mostOthers() {
        return mostOthers;
    }

    @Override
    public String toString() {
        return "at most " + mostReplicating + " replication and " + mostOthers + " other connections, in " + looks
                + " looks";
    }

    @Override
    public void close() {
        end.countDown();
        watch.join();
    }
}
