package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.util.Throwables.getStackTrace;

import dev.realtime.RealtimeStatus.State;
import dev.realtime.error.ConnectException;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Received;
import dev.realtime.support.Stage;
import dev.realtime.support.Streams;
import dev.realtime.wal.Lsn;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What may pass by itself is waited for, for as long as it takes; what the server will always refuse ends the stream. */
class TroubleIT {

    private static final String SECRET = "hunter2";

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    @Test
    void a_source_of_passwords_that_fails_for_a_while_is_overcome_and_never_quoted() throws Exception {
        AtomicBoolean sealed = new AtomicBoolean(true);
        RealtimeBuilder builder = streams.items()
                .connectingTo(streams.database().url(), "postgres", () -> {
                    if (sealed.get()) {
                        throw new IllegalStateException("cannot unseal " + SECRET);
                    }
                    return SECRET;
                })
                .on(Item.class, received);
        assertThat(getStackTrace(catchThrowable(() -> streams.start(builder))))
                .contains("source of the password")
                .doesNotContain(SECRET);
        sealed.set(false);
        Realtime realtime = streams.start(builder);

        sealed.set(true);
        cut();
        awaitTrouble(realtime, error -> error.sqlState() == null);
        assertThat(getStackTrace(realtime.status().lastError()))
                .contains("source of the password", "IllegalStateException")
                .doesNotContain(SECRET);
        sealed.set(false);

        assertThatItStreams(realtime);
    }

    @Test
    void a_catalogue_that_is_locked_while_the_stream_connects_again_is_waited_for() throws Exception {
        Realtime realtime = streams.start(streams.items().on(Item.class, received));
        streams.execute("ALTER DATABASE " + streams.database().name() + " SET lock_timeout = '100ms'");
        try (Connection migration = streams.database().connect();
                Statement statement = migration.createStatement()) {
            migration.setAutoCommit(false);
            statement.execute("LOCK TABLE pg_publication IN ACCESS EXCLUSIVE MODE");
            cut();
            awaitTrouble(realtime, error -> "55P03".equals(error.sqlState()));
            migration.rollback();
        }

        assertThatItStreams(realtime);
    }

    @Test
    void a_row_that_the_server_cannot_send_ends_the_stream_instead_of_being_asked_for_again_and_again()
            throws Exception {
        streams.execute("CREATE TYPE mood AS ENUM ('fine')", "ALTER TABLE item ADD mood mood");
        Realtime realtime = streams.start(streams.items().on(Item.class, received));
        streams.execute("INSERT INTO item (id, code, mood) VALUES (1, 1, 'fine')");
        RealtimeEvent<Item> last = received.next();
        Eventually.equal(true, () -> confirmed().isAfter(last.transaction().commitLsn()));

        streams.execute("DELETE FROM pg_enum WHERE enumtypid = 'mood'::regtype", "UPDATE item SET code = 2");
        Lsn lost = Lsn.parse(streams.database().value("SELECT pg_current_wal_flush_lsn()"));

        Eventually.equal(State.FAILED, () -> realtime.status().state());
        assertThat(realtime.status().lastError())
                .isInstanceOfSatisfying(
                        ConnectException.class,
                        error -> assertThat(error.sqlState()).startsWith("22"))
                .hasMessageContaining(streams.slot());
        assertThat(realtime.status().sessions()).isEqualTo(1);
        assertThat(confirmed()).isLessThan(lost);
    }

    private void cut() throws Exception {
        streams.execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
                + streams.slot() + "'");
    }

    private static void awaitTrouble(Realtime realtime, Predicate<ConnectException> kind) {
        Stage.await(Duration.ofSeconds(30))
                .until(() -> realtime.status().state() == State.RECONNECTING
                        && realtime.status().lastError() instanceof ConnectException error
                        && kind.test(error));
    }

    private void assertThatItStreams(Realtime realtime) throws Exception {
        streams.execute("INSERT INTO item VALUES (7, 7)");
        assertThat(received.next().id()).isEqualTo(7L);
        Eventually.equal(State.STREAMING, () -> realtime.status().state());
    }

    private Lsn confirmed() throws Exception {
        return Lsn.parse(streams.database()
                .value("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + streams.slot()
                        + "'"));
    }
}
