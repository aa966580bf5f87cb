package dev.realtime.support;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of a test's own and the streams on it, all gone after the test. */
public final class Streams implements BeforeEachCallback, AfterEachCallback {

    /** Generous: other tests, and other processes, may keep the machine busy. */
    private static final Duration START = Duration.ofSeconds(30);

    private final PostgresServer server;
    private final List<Realtime> running = new CopyOnWriteArrayList<>();
    private TestDatabase database;

    /** On the server that all tests share. */
    public Streams() {
        this(SharedServer.get());
    }

    /** On a server of the test class's own. */
    public Streams(PostgresServer server) {
        this.server = server;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        database = TestDatabase.on(server);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        running.forEach(Realtime::close);
        running.clear();
        database.close();
    }

    public TestDatabase database() {
        return database;
    }

    public void execute(String... statements) throws Exception {
        database.execute(statements);
    }

    /** A stream of items of the table {@code public.item}. */
    public RealtimeBuilder items() {
        return items("public", "item");
    }

    /** A stream of items of a table. */
    public RealtimeBuilder items(String schema, String table) {
        return Realtime.register(Item.class)
                .from(PlainMapping.all(Item.mapping(schema, table)))
                .connectingTo(database.url(), "postgres", () -> null)
                .startTimeout(START)
                .slot(slot());
    }

    /** The slot of the test. */
    public String slot() {
        return database.name() + "_slot";
    }

    /** Starts a stream, which ends with the test. */
    public Realtime start(RealtimeBuilder builder) {
        Realtime realtime = builder.start();
        running.add(realtime);
        return realtime;
    }
}
