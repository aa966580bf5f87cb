package dev.realtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.faultbed.ledger.Operation;
import dev.realtime.faultbed.ledger.Oracles;
import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.ledger.WorkloadPlan;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.process.Signal;
import dev.realtime.faultbed.server.StopMode;
import dev.realtime.support.Orders.Moment;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An application in a process of its own that writes an effect of each of the ledger's events, and what breaks it, its server
 * and the way between them; also what has it followed by another one while it is frozen, and wakes it up then.
 */
public final class EffectCycles implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(5);
    private static final List<String> QUICK_START =
            List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    /** What breaks, and how often in fifty cycles. */
    public enum Fault {
        APPLICATION_KILLED(16),
        APPLICATION_KILLED_BEFORE_ITS_PLACE_WAS_STORED(4),
        APPLICATION_KILLED_BEFORE_THE_COMMIT(6),
        APPLICATION_KILLED_BEHIND_THE_COMMIT(4),
        OWNER_STALE(1),
        OWNER_STALE_BEFORE_ITS_PLACE_WAS_STORED(2),
        OWNER_STALE_BEFORE_THE_COMMIT(2),
        WAL_SENDER_KILLED(4),
        WAL_SENDER_TERMINATED(2),
        SERVER_RESTARTED_AT_ONCE(2),
        CONNECTION_CUT(4),
        CONNECTION_RESET(3);

        private final int inFifty;

        Fault(int inFifty) {
            this.inFifty = inFifty;
        }

        boolean isStale() {
            return name().startsWith("OWNER_STALE");
        }
    }

    /** A process, the orders it is under, and whether the server ends its transactions where they are idle. */
    private record Application(int number, ChildJvm jvm, Orders orders, boolean idleEnds) {

        boolean streams() {
            return jvm.lines().contains(EffectChild.STREAMS);
        }
    }

    private final Stage stage;
    private final Path directory;
    private final Random random;
    private final List<Fault> deck = new ArrayList<>();
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private @Nullable Application application;
    private int started;

    /**
     * An application that streams, before the first fault.
     *
     * @param directory for what it prints and is told
     * @param seed decides everything random
     */
    public EffectCycles(Stage stage, Path directory, long seed) throws SQLException {
        this.stage = stage;
        this.directory = directory;
        this.random = new Random(seed);
        stage.database().execute(EffectChild.TABLE);
        application(); // it makes the slot, before anything is written
    }

    /** Writes, lets the next fault strike, among effects if it can be, and sees to it that it can go on. */
    public void cycle() throws Exception {
        cycle(next());
    }

    /** The same, with a fault of one's choice. */
    public void cycle(Fault fault) throws Exception {
        Application owner = application();
        long before = written();
        try (Workload writers =
                Workload.start(stage.database(), new WorkloadPlan(random.nextLong(), 2, 3, Integer.MAX_VALUE, 20, 5))) {
            writers.awaitCommits(1 + random.nextInt(20), PATIENCE);
            if (random.nextInt(10) > 0) {
                Stage.await(PATIENCE).pollInterval(SOON).until(() -> isAlive(owner) && written() > before);
            }
            strike(fault, owner, writers);
        } catch (AssertionError | Exception e) {
            throw new AssertionError(
                    fault + ", of " + struck + "; application " + owner.number() + " said:\n"
                            + String.join("\n", owner.jvm().lines()),
                    e);
        }
        struck.merge(fault, 1, Integer::sum);
    }

    private Fault next() {
        if (deck.isEmpty()) {
            for (Fault fault : Fault.values()) {
                deck.addAll(Collections.nCopies(fault.inFifty, fault));
            }
            Collections.shuffle(deck, random);
        }
        return deck.remove(deck.size() - 1);
    }

    private static boolean isAlive(Application owner) {
        if (!owner.jvm().isAlive()) {
            throw new AssertionError("The application has ended");
        }
        return true;
    }

    private void strike(Fault fault, Application owner, Workload writers) throws Exception {
        switch (fault) {
            case APPLICATION_KILLED -> kill(owner);
            case APPLICATION_KILLED_BEFORE_ITS_PLACE_WAS_STORED -> killAt(Moment.WRITTEN, owner);
            case APPLICATION_KILLED_BEFORE_THE_COMMIT -> killAt(Moment.STORED, owner);
            case APPLICATION_KILLED_BEHIND_THE_COMMIT -> killAt(Moment.COMMITTED, owner);
            case OWNER_STALE -> freeze(owner, null, writers);
            case OWNER_STALE_BEFORE_ITS_PLACE_WAS_STORED -> freeze(owner, Moment.WRITTEN, writers);
            case OWNER_STALE_BEFORE_THE_COMMIT -> freeze(owner, Moment.STORED, writers);
            case WAL_SENDER_KILLED -> stage.database().server().crash(Long.parseLong(walSender()));
            case WAL_SENDER_TERMINATED -> stage.database().execute("SELECT pg_terminate_backend(" + walSender() + ")");
            case SERVER_RESTARTED_AT_ONCE -> stage.database().server().restart(StopMode.IMMEDIATE);
            case CONNECTION_CUT -> stage.proxy().cut();
            case CONNECTION_RESET -> stage.proxy().reset();
        }
    }

    private void killAt(Moment moment, Application owner) {
        hold(moment, owner);
        kill(owner);
    }

    private static void hold(Moment moment, Application owner) {
        owner.orders().hold(moment);
        owner.jvm().awaitLine(owner.orders().holding(moment)::equals, PATIENCE);
    }

    /** Freezes the owner, lets another one follow it and go to work, and wakes the stale one up. */
    private void freeze(Application stale, @Nullable Moment moment, Workload writers) throws Exception {
        if (moment != null) {
            hold(moment, stale);
        }
        stale.jvm().signal(Signal.STOP);
        Application follower;
        try {
            writers.awaitCommits(1 + random.nextInt(20), PATIENCE);
            writers.close();
            // By wal_sender_timeout: one that is told to end would first send word of it to the client, which does not
            // read.
            Stage.await(PATIENCE).until(() -> stage.walSender() == null);
            follower = start();
            if (moment != null) {
                follower.orders().hold(Moment.WRITTEN);
                stale.orders().release(moment);
            }
            if (!stale.idleEnds() && (moment == null || moment == Moment.STORED)) {
                // It holds its row for as long as it is frozen, if it has stored its place: who follows can only wait.
                Stage.await(PATIENCE)
                        .until(() -> isAlive(follower) && (isAnyoneBlocked() || moment == null && follower.streams()));
                if (!follower.streams()) {
                    stale.jvm().signal(Signal.CONT);
                }
            }
            follower.jvm().awaitLine(EffectChild.STREAMS::equals, PATIENCE);
            if (moment != null) {
                // The event that the stale one is at, or the one behind it: nobody has handled it yet.
                follower.jvm().awaitLine(follower.orders().holding(Moment.WRITTEN)::equals, PATIENCE);
            }
        } finally {
            application = null; // it is closed below, or with the test
            stale.jvm().signal(Signal.CONT);
        }
        application = follower;
        try {
            long before = effectsOf(stale);
            stale.jvm()
                    .awaitLine(
                            line -> line.equals(EffectChild.FENCED)
                                    || moment == null && line.equals(EffectChild.DISPLACED),
                            PATIENCE);
            assertThat(effectsOf(stale))
                    .as("effects of the stale application " + stale.number())
                    .isEqualTo(before);
        } finally {
            stale.jvm().close();
        }
        if (moment != null) {
            follower.orders().release(Moment.WRITTEN);
        }
    }

    private boolean isAnyoneBlocked() throws SQLException {
        return "t"
                .equals(stage.database()
                        .value("SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND application_name = 'realtime:" + stage.slot() + "'"));
    }

    /** The process that streams from the slot; the one of the fault before may not be followed yet. */
    private String walSender() {
        String[] found = new String[1];
        Stage.await(PATIENCE).until(() -> (found[0] = stage.walSender()) != null);
        return found[0];
    }

    private long written() throws SQLException {
        return Long.parseLong(stage.database().value("SELECT last_value FROM effect_written_seq"));
    }

    private long effectsOf(Application writer) throws SQLException {
        return Long.parseLong(stage.database().value("SELECT count(*) FROM effect WHERE owner = " + writer.number()));
    }

    private void kill(Application owner) {
        owner.jvm().close();
        application = null;
    }

    private Application application() {
        Application running = application;
        if (running == null) {
            running = start();
            running.jvm().awaitLine(EffectChild.STREAMS::equals, PATIENCE);
        }
        return running;
    }

    private Application start() {
        int number = ++started;
        String name = stage.slot() + "-" + number;
        boolean idleEnds = random.nextBoolean();
        Path orders = directory.resolve(name + ".orders");
        ChildJvm child = ChildJvm.start(
                EffectChild.class,
                directory.resolve(name + ".out"),
                QUICK_START,
                stage.url(),
                stage.slot(),
                orders.toString(),
                String.valueOf(number),
                random.nextBoolean() ? "standby" : "alone",
                idleEnds ? "1000" : "0");
        Application next = new Application(number, child, new Orders(orders), idleEnds);
        application = next;
        return next;
    }

    /**
     * Waits until everything that was written has had its effect, ends the application and judges: each change has had its
     * effect, once, in order, and nothing else has.
     *
     * @return how many row changes there were
     */
    public long judge(String run) throws SQLException {
        application();
        stage.awaitAllConfirmed(PATIENCE.multipliedBy(3));
        close();
        testify();
        Oracles judges = stage.judges();
        long rows = judges.complete().rows();
        long effects = Long.parseLong(stage.database().value("SELECT count(*) FROM effect"));
        assertThat(judges.duplicates().duplicates())
                .as("effects that happened twice")
                .isZero();
        judges.ordered();
        judges.noPhantom();
        assertThat(effects).as("effects").isEqualTo(rows);
        System.out.printf(
                "%s: %d faults, %d stale owners among them, %d processes; %d transactions, %d row changes, %d effects,"
                        + " 0 lost, 0 twice, none of a stale owner: %s%n",
                run,
                struck.values().stream().mapToInt(Integer::intValue).sum(),
                stale(),
                started,
                judges.complete().transactions(),
                rows,
                effects,
                struck);
        return rows;
    }

    /** The effects are the testimony. */
    private void testify() throws SQLException {
        try (Connection connection = stage.database().connect();
                Statement statement = connection.createStatement();
                ResultSet effect = statement.executeQuery("SELECT * FROM effect ORDER BY written")) {
            while (effect.next()) {
                stage.log()
                        .append(
                                effect.getLong("commit"),
                                effect.getLong("ordinal"),
                                Operation.valueOf(effect.getString("operation")),
                                effect.getString("key"),
                                effect.getInt("crc"),
                                effect.getBoolean("again"));
            }
        }
    }

    /** How often each fault has struck. */
    public Map<Fault, Integer> struck() {
        return Map.copyOf(struck);
    }

    /** How many stale owners were woken up. */
    public int stale() {
        return struck.entrySet().stream()
                .filter(entry -> entry.getKey().isStale())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    @Override
    public void close() {
        Application running = application;
        if (running != null) {
            kill(running);
        }
    }
}
