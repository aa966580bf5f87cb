package dev.realtime.support;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.process.Signal;
import dev.realtime.faultbed.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A JVM with little memory in which a fast subscription gets the same rows again and again, in turn alone and in a crowd.
 * They are written while the server's sender is frozen, so that what is measured is how fast a backlog goes through.
 * Arguments: address, name of the slots, how many live subscriptions, how many rows at once, how many rounds.
 */
public final class CrowdChild {

    public static final String ALONE = "alone, median rows/s: ";
    public static final String CROWD = "crowd, median rows/s: ";
    public static final String DONE = "everything adds up";

    /** So many that who does not go on leaves the stream before the clock starts. */
    private static final int BEFORE = 5_000;

    private static final int ROWS_PER_TRANSACTION = 100;
    private static final int BURSTS = 3;
    private static final String SENDER = "SELECT active_pid FROM pg_replication_slots WHERE slot_name = ?";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Connection connection;
    private final String url;
    private final String slots;
    private final int live;
    private final int rows;
    private int phases;

    private CrowdChild(Connection connection, String[] arguments) {
        this.connection = connection;
        this.url = arguments[0];
        this.slots = arguments[1];
        this.live = Integer.parseInt(arguments[2]);
        this.rows = Integer.parseInt(arguments[3]);
    }

    public static void main(String[] arguments) throws Exception {
        ChildJvm.endWithParent();
        try (Connection connection = DriverManager.getConnection(arguments[0], PostgresServer.SUPERUSER, null)) {
            new CrowdChild(connection, arguments).run(Integer.parseInt(arguments[4]));
        }
        System.exit(0);
    }

    private void run(int rounds) throws Exception {
        phase(true);
        if (rounds > 0) {
            phase(false); // both are warm now
            compare(rounds);
        }
        System.out.println(DONE);
    }

    private void compare(int rounds) throws Exception {
        List<Long> alone = new ArrayList<>();
        List<Long> crowd = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            boolean crowdFirst = i % 2 == 1;
            (crowdFirst ? crowd : alone).addAll(phase(crowdFirst));
            (crowdFirst ? alone : crowd).addAll(phase(!crowdFirst));
        }
        System.out.println(ALONE + median(alone));
        System.out.println(CROWD + median(crowd));
    }

    private static long median(List<Long> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    /** Returns how many rows a second the fast one got, of each burst. */
    private List<Long> phase(boolean crowded) throws Exception {
        execute("TRUNCATE ledger");
        String slot = slots + phases++;
        Pace pace = new Pace();
        Crowd crowd = new Crowd();
        RealtimeBuilder builder = Realtime.register(LedgerRow.class)
                .from(PlainMapping.all(LedgerRow.mapping()))
                .connectingTo(url, PostgresServer.SUPERUSER, () -> null)
                .slot(slot)
                .walSenderTimeout(PATIENCE)
                .startTimeout(PATIENCE)
                .detachAfter(Duration.ofMillis(200))
                .subscribe(LedgerRow.class, s -> s.named("fast").each(pace));
        List<Long> perSecond = new ArrayList<>();
        try (Realtime realtime = (crowded ? crowd.with(builder) : builder).start()) {
            if (crowded) {
                crowd.join(realtime, live);
            }
            write(0, BEFORE);
            Stage.await(PATIENCE).until(() -> pace.count() == BEFORE);
            if (crowded) {
                Crowd.awaitLeftBehind(realtime, PATIENCE);
            }
            for (int burst = 0; burst < BURSTS; burst++) {
                perSecond.add(burst(slot, pace, crowded));
            }
            if (crowded) {
                crowd.checkSums(realtime, pace.count(), PATIENCE);
                crowd.release(realtime, pace.count(), PATIENCE);
            }
        }
        Stage.await(PATIENCE).until(() -> value(SENDER, slot) == null);
        execute("SELECT pg_drop_replication_slot('" + slot + "')");
        return perSecond;
    }

    private long burst(String slot, Pace pace, boolean crowded) throws SQLException {
        int from = (int) pace.count();
        int to = from + rows;
        long sender = Long.parseLong(value(SENDER, slot));
        Signal.STOP.sendTo(sender);
        try {
            write(from, to);
            pace.measure(rows);
        } finally {
            Signal.CONT.sendTo(sender);
        }
        Stage.await(PATIENCE).until(() -> pace.count() == to);
        return pace.tell(crowded ? "crowd" : "alone");
    }

    private void write(int from, int to) throws SQLException {
        execute("DO $$ BEGIN FOR n IN " + from + ".." + (to - 1) + " BY " + ROWS_PER_TRANSACTION
                + " LOOP INSERT INTO ledger SELECT id, 0, 1, 'row ' || id, 0 FROM generate_series(n, n + "
                + (ROWS_PER_TRANSACTION - 1) + ") id; COMMIT; END LOOP; END $$");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String value(String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
