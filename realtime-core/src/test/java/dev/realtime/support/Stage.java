package dev.realtime.support;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.faultbed.ledger.Confirmations;
import dev.realtime.faultbed.ledger.HandledLog;
import dev.realtime.faultbed.ledger.Oracles;
import dev.realtime.faultbed.ledger.Reference;
import dev.realtime.faultbed.ledger.ReferenceDecoder;
import dev.realtime.faultbed.ledger.Report;
import dev.realtime.faultbed.ledger.Workload;
import dev.realtime.faultbed.proxy.FaultProxy;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * What a story about the delivery contract plays on: a database with the workload's ledger, a proxy before it that reads
 * every confirmation, an independent witness, the handlers' testimony, and the judges.
 */
public final class Stage implements AutoCloseable {

    /** Generous: other tests, and other processes, may keep the machine busy. */
    private static final Duration START = Duration.ofSeconds(30);

    private final Link link;
    private final TestDatabase database;
    private final FaultProxy proxy;
    private final ReferenceDecoder witness;
    private final List<Testimony> testimonies = new ArrayList<>();
    private final List<Realtime> running = new ArrayList<>();

    public Stage(PostgresServer server, Link link) {
        this.link = link;
        this.database = TestDatabase.on(server);
        this.proxy = link.before(server);
        testimony();
        try {
            Workload.createTable(database);
            // The slot under test comes later: nobody writes before that.
            this.witness = ReferenceDecoder.create(database, Workload.TABLE);
        } catch (SQLException e) {
            throw new IllegalStateException("The stage could not be set", e);
        }
    }

    /** A testimony of one more subscription of the stream. */
    public Testimony testimony() {
        Testimony testimony = new Testimony(slot());
        proxy.observe(testimony.confirmations());
        testimonies.add(testimony);
        return testimony;
    }

    /** A stream of the ledger, through the proxy, without a handler. */
    public RealtimeBuilder ledger() {
        return Realtime.register(LedgerRow.class)
                .from(PlainMapping.all(LedgerRow.mapping()))
                .connectingTo(url(), PostgresServer.SUPERUSER, () -> null)
                .startTimeout(START)
                .slot(slot());
    }

    /** Starts a stream, which ends with the story. */
    public Realtime start(RealtimeBuilder builder) {
        Realtime realtime = builder.start();
        running.add(realtime);
        return realtime;
    }

    public String url() {
        return proxy.url(database.name()) + link.parameters();
    }

    public String slot() {
        return database.name() + "_slot";
    }

    public TestDatabase database() {
        return database;
    }

    public FaultProxy proxy() {
        return proxy;
    }

    /** What the stream's one subscription, or its first, writes down. */
    public HandledLog log() {
        return testimonies.get(0).log();
    }

    public Path logFile() {
        return testimonies.get(0).file();
    }

    public Confirmations confirmations() {
        return testimonies.get(0).confirmations();
    }

    /** Inserts a row in a transaction of its own. */
    public void write(long id) throws SQLException {
        write(id, "");
    }

    public void write(long id, String body) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO ledger VALUES (?, 0, 1, ?, ?)")) {
            insert.setLong(1, id);
            insert.setString(2, body);
            insert.setInt(3, LedgerRow.crc(body));
            insert.executeUpdate();
        }
    }

    /** The library's threads for this story's slot. */
    public List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("realtime-" + slot()))
                .toList();
    }

    /** How far the server's log is. */
    public String position() throws SQLException {
        return database.value("SELECT pg_current_wal_flush_lsn()");
    }

    /** The process that streams from the slot, null where there is none. */
    public String walSender() throws SQLException {
        return database.value("SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + slot() + "'");
    }

    /** Whether the slot stands at a position or behind it. */
    public boolean isConfirmed(String lsn) throws SQLException {
        return "t"
                .equals(database.value("SELECT confirmed_flush_lsn >= '" + lsn
                        + "' FROM pg_replication_slots WHERE slot_name = '" + slot() + "'"));
    }

    /** Waits until everything that is committed now is handled and confirmed. */
    public void awaitAllConfirmed(Duration deadline) throws SQLException {
        String now = position();
        await(deadline).until(() -> isConfirmed(now));
    }

    /**
     * Judges everything that was committed, handled and confirmed so far, for each subscription.
     *
     * @return how complete the first subscription's testimony is
     */
    public Report judge(String story) throws SQLException {
        Reference reference = witness.read();
        Report first = testimonies.get(0).judge(story + ", " + link, reference);
        for (Testimony other : testimonies.subList(1, testimonies.size())) {
            other.judge(story + ", " + link + ", another subscription", reference);
        }
        return first;
    }

    /** The judges of the first subscription, for who expects a verdict of guilty. */
    public Oracles judges() throws SQLException {
        return testimonies.get(0).judges(witness.read());
    }

    public static ConditionFactory await(Duration deadline) {
        return Awaitility.await()
                .atMost(deadline)
                .pollInterval(Duration.ofMillis(20))
                .pollDelay(Duration.ZERO);
    }

    @Override
    public void close() {
        running.forEach(Realtime::close);
        proxy.close();
        database.close();
        testimonies.forEach(Testimony::close);
    }
}
