package dev.realtime.support;

import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.ledger.WorkloadPlan;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.process.Signal;
import dev.realtime.faultbed.server.StopMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An application in a process of its own that handles the ledger's events, and what breaks it, its server and the way
 * between them, again and again, while writers write. Nothing helps it up but a new process where the old one was killed.
 */
public final class CrashCycles implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(5);
    private static final List<String> QUICK_START = List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** What breaks, and how often in thirty cycles. */
    public enum Fault {
        APPLICATION_KILLED(8),
        APPLICATION_KILLED_WHILE_IT_CONNECTS(3),
        APPLICATION_FROZEN(3),
        WAL_SENDER_KILLED(3),
        WAL_SENDER_TERMINATED(2),
        WAL_SENDER_FROZEN(2),
        SERVER_RESTARTED_AT_ONCE(3),
        CONNECTION_CUT(2),
        CONNECTION_CUT_INSIDE_A_MESSAGE(2),
        CONNECTION_RESET(2);

        private final int inThirty;

        Fault(int inThirty) {
            this.inThirty = inThirty;
        }
    }

    private final Stage stage;
    private final Path output;
    private final Random random;
    private final long rowsPerCycle;
    private final List<Fault> deck = new ArrayList<>();
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private @Nullable ChildJvm application;
    private int amongEvents;
    private long bulk;

    /**
     * An application that streams, before the first fault.
     *
     * @param directory for what it prints
     * @param seed decides everything random
     * @param rowsPerCycle how many rows are written in each cycle beside those of the writers
     */
    public CrashCycles(Stage stage, Path directory, long seed, long rowsPerCycle) {
        this.stage = stage;
        this.output = directory.resolve(stage.slot() + ".out");
        this.random = new Random(seed);
        this.rowsPerCycle = rowsPerCycle;
        application(); // it makes the slot, before anything is written
    }

    /** Writes, lets the next fault strike, among events if it can be, and sees to it that it can go on. */
    public void cycle() throws Exception {
        long before = stage.log().length();
        ChildJvm child = application();
        writeInBulk();
        try (Workload writers = Workload.start(
                stage.database(),
                WorkloadPlan.seeded(random.nextLong()).endless().bigBodies(5))) {
            writers.awaitCommits(1 + random.nextInt(100), PATIENCE);
            if (random.nextInt(10) > 0) {
                awaitLongerThan(before, child); // most strike among events, however slow the machine is
            }
            Fault fault = next();
            amongEvents += stage.log().length() > before ? 1 : 0;
            strike(fault, child, writers);
            struck.merge(fault, 1, Integer::sum);
        }
    }

    private Fault next() {
        if (deck.isEmpty()) {
            for (Fault fault : Fault.values()) {
                deck.addAll(Collections.nCopies(fault.inThirty, fault));
            }
            Collections.shuffle(deck, random);
        }
        return deck.remove(deck.size() - 1);
    }

    private void strike(Fault fault, ChildJvm child, Workload writers) throws Exception {
        switch (fault) {
            case APPLICATION_KILLED -> kill(child);
            case APPLICATION_KILLED_WHILE_IT_CONNECTS -> {
                kill(child);
                ChildJvm early = start(HandlingChild.BEGINS);
                writers.awaitCommits(1 + random.nextInt(60), PATIENCE);
                kill(early);
            }
            case APPLICATION_FROZEN -> {
                child.signal(Signal.STOP);
                try {
                    writers.awaitCommits(1 + random.nextInt(100), PATIENCE);
                    if (random.nextInt(3) == 0) {
                        Stage.await(PATIENCE).until(() -> stage.walSender() == null); // the server has given it up
                    }
                } finally {
                    child.signal(Signal.CONT);
                }
            }
            case WAL_SENDER_KILLED -> stage.database().server().crash(Long.parseLong(walSender()));
            case WAL_SENDER_TERMINATED -> stage.database().execute("SELECT pg_terminate_backend(" + walSender() + ")");
            case WAL_SENDER_FROZEN -> {
                long pid = Long.parseLong(walSender());
                stage.database().server().signal(pid, Signal.STOP);
                try {
                    writers.awaitCommits(1 + random.nextInt(100), PATIENCE);
                } finally {
                    stage.database().server().signal(pid, Signal.CONT);
                }
            }
            case SERVER_RESTARTED_AT_ONCE -> stage.database().server().restart(StopMode.IMMEDIATE);
            case CONNECTION_CUT -> stage.proxy().cut();
            case CONNECTION_CUT_INSIDE_A_MESSAGE -> stage.proxy().cutAtMessage(1 + random.nextInt(300));
            case CONNECTION_RESET -> stage.proxy().reset();
        }
    }

    /** The process that streams from the slot; the one of the fault before may not be followed yet. */
    private String walSender() throws SQLException {
        Stage.await(PATIENCE).until(() -> stage.walSender() != null);
        return Objects.requireNonNull(stage.walSender(), "the stream broke by itself");
    }

    private void kill(ChildJvm child) {
        child.close();
        application = null;
    }

    private ChildJvm application() {
        ChildJvm running = application;
        return running != null ? running : start(HandlingChild.STREAMS);
    }

    private ChildJvm start(String moment) {
        ChildJvm child = ChildJvm.start(
                HandlingChild.class,
                output,
                QUICK_START,
                stage.url(),
                stage.slot(),
                stage.logFile().toString());
        application = child;
        child.awaitLine(moment::equals, PATIENCE);
        return child;
    }

    private void awaitLongerThan(long length, ChildJvm child) {
        Stage.await(PATIENCE).pollInterval(SOON).until(() -> {
            if (!child.isAlive()) {
                throw new AssertionError("The application has ended:\n" + String.join("\n", child.lines()));
            }
            return stage.log().length() > length;
        });
    }

    private void writeInBulk() throws SQLException {
        if (rowsPerCycle > 0) {
            // In transactions of a thousand rows each; the lanes of the writers have keys from 0 on.
            stage.database()
                    .execute("DO $$ BEGIN FOR t IN 0.." + (rowsPerCycle - 1) / 1000 + " LOOP INSERT INTO ledger"
                            + " SELECT -" + bulk + " - t * 1000 - n, -1, 1, '', 0 FROM generate_series(1, least(1000, "
                            + rowsPerCycle + " - t * 1000)) n; COMMIT; END LOOP; END $$");
            bulk += rowsPerCycle;
        }
    }

    /** Waits until everything that was written is handled and confirmed, and ends the application. */
    public void settle() throws SQLException {
        application();
        stage.awaitAllConfirmed(PATIENCE.multipliedBy(3));
        close();
    }

    /** How often each fault has struck. */
    public Map<Fault, Integer> struck() {
        return Map.copyOf(struck);
    }

    /** How many faults came when events had been handled since the one before. */
    public int amongEvents() {
        return amongEvents;
    }

    @Override
    public void close() {
        ChildJvm child = application;
        if (child != null) {
            kill(child);
        }
    }
}
