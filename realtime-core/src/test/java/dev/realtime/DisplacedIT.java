package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.RealtimeStatus.State;
import dev.realtime.RealtimeStatus.SubscriptionState;
import dev.realtime.error.FencedException;
import dev.realtime.error.GapException;
import dev.realtime.event.RealtimeEvent;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.store.ConnectionHandler;
import dev.realtime.support.Eventually;
import dev.realtime.support.LedgerRow;
import dev.realtime.support.Link;
import dev.realtime.support.Received;
import dev.realtime.support.Stage;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Instances with stored positions that another one takes over from: what becomes of them. */
class DisplacedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stage stage = new Stage(SharedServer.get(), Link.PLAIN);
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Received<LedgerRow> received = new Received<>();

    @BeforeEach
    void table() throws Exception {
        stage.database().execute("CREATE TABLE effect (id bigint)");
    }

    @AfterEach
    void close() {
        goOn.countDown();
        stage.close();
    }

    private RealtimeBuilder writing(ConnectionHandler<RealtimeEvent<LedgerRow>> then) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(stage.database().url());
        dataSource.setUser(PostgresServer.SUPERUSER);
        return stage.ledger()
                .subscribe(
                        LedgerRow.class,
                        s -> s.named("writer").transactional(dataSource, (event, connection) -> {
                            try (PreparedStatement insert =
                                    connection.prepareStatement("INSERT INTO effect VALUES (?)")) {
                                insert.setObject(1, event.id());
                                insert.executeUpdate();
                            }
                            then.handle(event, connection);
                        }));
    }

    /** Through the proxy: it can be cut off while its handler is at work. */
    private RealtimeBuilder held() {
        return writing((event, connection) -> {
                    atWork.countDown();
                    goOn.await();
                })
                .walSenderTimeout(Duration.ofSeconds(2));
    }

    /** Not through the proxy. */
    private RealtimeBuilder direct() {
        return writing((event, connection) -> received.handle(event))
                .connectingTo(stage.database().url(), PostgresServer.SUPERUSER, () -> null);
    }

    private void cutOff() {
        stage.proxy().blackHole(true);
        stage.proxy().refuse(true);
    }

    private void letBack() {
        stage.proxy().blackHole(false);
        stage.proxy().reset();
        stage.proxy().refuse(false);
    }

    private String effects() throws Exception {
        return stage.database().value("SELECT string_agg(id::text, ' ' ORDER BY id) FROM effect");
    }

    private static RealtimeStatus.Subscription writer(Realtime realtime) {
        return realtime.status().subscriptions().get(0);
    }

    @Test
    void a_displaced_instance_stands_by_and_goes_on_when_it_takes_over_again() throws Exception {
        Realtime lost = stage.start(held().standby());
        Realtime second = stage.start(direct().standby());
        stage.write(1);
        assertThat(atWork.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        cutOff();
        assertThat(received.next().id()).isEqualTo(1L);
        stage.write(2);
        assertThat(received.next().id()).isEqualTo(2L);
        stage.awaitAllConfirmed(PATIENCE);
        letBack();
        Eventually.equal(State.STANDBY, () -> lost.status().state());
        goOn.countDown();
        Eventually.equal(SubscriptionState.STOPPED, () -> writer(lost).state());
        assertThat(writer(lost).lastError()).isInstanceOf(FencedException.class);
        Eventually.equal("1 2", this::effects);

        second.close();
        Eventually.equal(State.STREAMING, () -> lost.status().state());
        stage.write(3);

        Eventually.equal("1 2 3", this::effects);
        stage.awaitAllConfirmed(PATIENCE);
        assertThat(lost.status().gap()).isNull();
        assertThat(effects()).isEqualTo("1 2 3");
    }

    @Test
    void a_displaced_instance_ends_with_that_while_the_other_one_streams() throws Exception {
        Realtime lost = stage.start(held());
        Realtime second = stage.start(direct().standby());
        stage.write(1);
        assertThat(atWork.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        cutOff();
        assertThat(received.next().id()).isEqualTo(1L);
        letBack();

        Eventually.equal(State.FAILED, () -> lost.status().state());
        assertThat(lost.status().lastError())
                .isInstanceOf(FencedException.class)
                .hasMessageContaining(stage.slot());
        assertThat(second.status().state()).isEqualTo(State.STREAMING);
        goOn.countDown();
        stage.write(2);
        assertThat(received.next().id()).isEqualTo(2L);
        Eventually.equal("1 2", this::effects);
    }

    @Test
    void what_was_stored_and_is_gone_under_a_stream_is_a_gap() throws Exception {
        Realtime realtime = stage.start(direct().standby());
        stage.write(1);
        received.next();
        stage.awaitAllConfirmed(PATIENCE);
        stage.database()
                .execute(
                        "DELETE FROM realtime_offset_covered",
                        "SELECT pg_terminate_backend(" + stage.walSender() + ")");

        Eventually.equal(State.FAILED, () -> realtime.status().state());
        assertThat(realtime.status().lastError())
                .isInstanceOf(GapException.class)
                .hasMessageContaining("gone");
        assertThat(realtime.status().gap()).isNotNull();
    }
}
