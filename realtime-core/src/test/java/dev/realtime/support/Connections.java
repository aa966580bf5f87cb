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
                PreparedStatement activity =
                        connection.prepareStatement("SELECT count(*) FILTER (WHERE backend_type = 'walsender'),"
                                + " count(*) FILTER (WHERE backend_type <> 'walsender')"
                                + " FROM pg_stat_activity WHERE application_name = ?")) {
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
