package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import dev.realtime.error.SetupException;
import dev.realtime.error.SetupProblem;
import dev.realtime.faultbed.process.FreePort;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Leftovers;
import dev.realtime.support.Peer;
import dev.realtime.support.Pooler;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What answers, or does not, where a PostgreSQL server should be. */
class NoServerIT {

    private static final String HTTP_ANSWER =
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static final Duration TIME = Duration.ofSeconds(3);

    @RegisterExtension
    private final Streams streams = new Streams();

    @Test
    void a_closed_port_is_named() {
        int port = FreePort.find();

        ConnectException error = refused(ConnectException.class, builder(port, ""));

        assertThat(error).hasMessageContaining("localhost:" + port).hasMessageContaining("\"shop\"");
        assertThat(error.sqlState()).isEqualTo("08001");
    }

    @Test
    void a_port_that_never_answers_holds_the_start_no_longer_than_its_time() throws Exception {
        try (Peer silent = Peer.silent()) {
            RealtimeBuilder builder = builder(silent.port(), "").startTimeout(TIME);
            long before = System.nanoTime();

            ConnectException error = catchThrowableOfType(ConnectException.class, () -> streams.start(builder));

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TIME.plusSeconds(5));
            assertThat(error).hasMessageContaining("localhost:" + silent.port()).hasMessageContaining("\"shop\"");
            assertNobodyWorks();
        }
    }

    @Test
    void a_web_server_is_no_postgresql() throws Exception {
        for (String tls : new String[] {"", "?sslmode=disable", "?sslmode=require"}) {
            try (Peer web = Peer.answering(HTTP_ANSWER)) {
                SetupException error = refused(SetupException.class, builder(web.port(), tls));

                assertThat(error.problem()).isEqualTo(SetupProblem.NOT_POSTGRESQL);
                assertThat(error.remedy()).first().asString().contains("address of the server itself");
                assertThat(error)
                        .hasMessageContaining("localhost:" + web.port())
                        .hasMessageContaining("PostgreSQL");
            }
        }
    }

    @Test
    void a_pooler_that_lets_no_replication_through_is_told_apart_and_leaves_nothing_behind() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
        try (Pooler pooler = Pooler.before(streams.database().server())) {
            SetupException error = refused(
                    SetupException.class,
                    streams.items()
                            .on(Item.class, new Received<>())
                            .connectingTo(pooler.url(streams.database().name()), "postgres", () -> null));

            assertThat(error.problem()).isEqualTo(SetupProblem.NOT_POSTGRESQL);
            assertThat(error).hasMessageContaining("localhost:" + pooler.port()).hasMessageContaining("PgBouncer");
            Eventually.equal(Set.of(), () -> Leftovers.of(streams.database(), streams.slot()));
        }
    }

    private RealtimeBuilder builder(int port, String parameters) {
        return streams.items()
                .on(Item.class, new Received<>())
                .connectingTo("jdbc:postgresql://localhost:" + port + "/shop" + parameters, "shop", () -> "s3cret");
    }

    private <E extends RealtimeException> E refused(Class<E> kind, RealtimeBuilder builder) {
        E error = catchThrowableOfType(kind, () -> streams.start(builder));
        assertThat(error).as("refusal").isNotNull();
        assertThat(error).hasStackTraceContaining("localhost").hasMessageNotContaining("s3cret");
        assertNobodyWorks();
        return error;
    }

    private void assertNobodyWorks() {
        Eventually.equal(Set.of(), () -> Leftovers.threads(streams.slot()));
        Leftovers.awaitDriverConnected();
    }
}
