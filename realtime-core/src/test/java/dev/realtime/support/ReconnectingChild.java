package dev.realtime.support;

import dev.realtime.Realtime;
import dev.realtime.RealtimeStatus;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A JVM whose stream is cut again and again, and that counts what it holds. Arguments: address, slot, how often. It prints
 * its threads and its file descriptors after the first time and after the last, and lists them where they differ.
 */
public final class ReconnectingChild {

    public static final String FIRST = "after the first: ";
    public static final String LAST = "after the last: ";
    public static final String CLOSED = "after close: ";

    private ReconnectingChild() {}

    public static void main(String[] arguments) throws Exception {
        ChildJvm.endWithParent();
        String url = arguments[0];
        String slot = arguments[1];
        int cuts = Integer.parseInt(arguments[2]);
        try (Connection admin = DriverManager.getConnection(url, PostgresServer.SUPERUSER, null)) {
            Realtime realtime = Realtime.register(LedgerRow.class)
                    .from(PlainMapping.all(LedgerRow.mapping()))
                    .connectingTo(url, PostgresServer.SUPERUSER, () -> null)
                    .slot(slot)
                    .on(LedgerRow.class, event -> {})
                    .start();
            cut(admin, realtime, slot);
            String first = held();
            System.out.println(FIRST + first);
            for (int i = 1; i < cuts; i++) {
                cut(admin, realtime, slot);
            }
            // A look at the server from time to time holds a descriptor more, for some milliseconds.
            System.out.println(LAST + heldOnce(first));
            realtime.close();
            System.out.println(CLOSED + threads());
        }
    }

    private static void cut(Connection admin, Realtime realtime, String slot) throws SQLException {
        long sessions = realtime.status().sessions();
        try (Statement statement = admin.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
                    + slot + "'");
            // Something comes with each session, as in life: one that brings nothing makes the next wait longer.
            statement.execute("INSERT INTO ledger VALUES (" + sessions + ", 0, 0, '', 0)");
        }
        Stage.await(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> realtime.status().sessions() > sessions
                        && realtime.status().state() == RealtimeStatus.State.STREAMING
                        && realtime.status().subscriptions().get(0).handled() >= sessions);
    }

    private static String held() throws Exception {
        // The driver connects on a thread of its own, which ends a moment after it has handed the connection over.
        Stage.await(Duration.ofSeconds(10)).until(() -> threads().stream().noneMatch(name -> name.contains("JDBC")));
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return threads() + " threads, " + descriptors.count() + " file descriptors";
        }
    }

    private static String heldOnce(String expected) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        String held = held();
        while (!held.equals(expected) && System.nanoTime() - until < 0) {
            held = held();
        }
        return held;
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        names.removeIf(name -> name.startsWith("awaitility")); // it waits for this very answer
        return names;
    }
}
