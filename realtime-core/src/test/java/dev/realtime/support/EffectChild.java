package dev.realtime.support;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.RealtimeStatus;
import dev.realtime.error.FencedException;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.event.Retry;
import dev.realtime.faultbed.process.ChildJvm;
import dev.realtime.faultbed.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A JVM to be killed or frozen: for each of the ledger's events it writes an effect, in the transaction in which the library
 * stores the event's place. It says what becomes of it, and holds where it is told to. Arguments: address, slot, its orders,
 * its number, {@code standby} or {@code alone}, after how many milliseconds the server ends a transaction that is idle.
 */
public final class EffectChild {

    /** It streams. */
    public static final String STREAMS = "streams";
    /** Its handler was told that another instance has taken over. */
    public static final String FENCED = "fenced";
    /** Its stream was told so, and ends, or it stands by. */
    public static final String DISPLACED = "displaced";

    /** The name of its subscription. */
    public static final String WRITER = "writer";

    /** The table of the effects: with no key, so that it takes each of them as often as it is written. */
    public static final String TABLE =
            "CREATE TABLE effect (written bigserial, owner int NOT NULL, commit bigint NOT NULL,"
                    + " ordinal bigint NOT NULL, operation text NOT NULL, key text NOT NULL, crc int NOT NULL,"
                    + " again boolean NOT NULL)";

    private static final Duration LOOK = Duration.ofMillis(10);

    private EffectChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        ChildJvm.endWithParent();
        Orders orders = new Orders(Path.of(arguments[2]));
        int owner = Integer.parseInt(arguments[3]);
        SteadyConnection database = new SteadyConnection(arguments[0], Integer.parseInt(arguments[5]), orders);
        RealtimeBuilder builder = Realtime.register(LedgerRow.class)
                .from(PlainMapping.all(LedgerRow.mapping()))
                .connectingTo(arguments[0], PostgresServer.SUPERUSER, () -> null)
                .slot(arguments[1])
                .walSenderTimeout(Duration.ofSeconds(2))
                .startTimeout(Duration.ofSeconds(60))
                .subscribe(
                        LedgerRow.class,
                        s -> s.named(WRITER)
                                .retrying(Retry.exponential(Duration.ofMillis(10), Duration.ofMillis(200)))
                                .transactional(database, (event, connection) -> {
                                    orders.begin();
                                    write(event, owner, connection);
                                    orders.reach(Orders.Moment.WRITTEN);
                                }));
        watch((arguments[4].equals("standby") ? builder.standby() : builder).start());
    }

    private static void write(RealtimeEvent<LedgerRow> event, int owner, Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO effect (owner, commit, ordinal, operation, key, crc, again) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, owner);
            insert.setLong(2, event.position().commitLsn().value());
            insert.setLong(3, event.position().ordinal());
            insert.setString(4, event.action().name());
            insert.setString(5, event.id() == null ? "-" : event.id().toString());
            insert.setInt(6, LedgerRow.crc(event));
            insert.setBoolean(7, event.possibleRedelivery());
            insert.executeUpdate();
        }
    }

    /** Says what becomes of the stream, each thing once, until it is killed. */
    private static void watch(Realtime realtime) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        boolean streamed = false;
        boolean fenced = false;
        RealtimeStatus.State state = RealtimeStatus.State.STARTING;
        while (!never.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            RealtimeStatus status = realtime.status();
            if (!fenced && status.subscriptions().get(0).lastError() instanceof FencedException) {
                fenced = true;
                System.out.println(FENCED);
            }
            if (status.state() == state) {
                continue;
            }
            state = status.state();
            System.out.println(state + " " + status.lastError());
            if (state == RealtimeStatus.State.STREAMING && !streamed) {
                streamed = true;
                System.out.println(STREAMS);
            } else if (streamed && state == RealtimeStatus.State.STANDBY
                    || status.lastError() instanceof FencedException) {
                System.out.println(DISPLACED);
            }
        }
    }
}
