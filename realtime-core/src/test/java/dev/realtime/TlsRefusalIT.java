package dev.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.error.ConnectException;
import dev.realtime.faultbed.proxy.FaultProxy;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.tls.Identity;
import dev.realtime.support.Eventually;
import dev.realtime.support.Item;
import dev.realtime.support.Leftovers;
import dev.realtime.support.Link.Certificates;
import dev.realtime.support.Received;
import dev.realtime.support.Streams;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that cannot show that it is the one asked for gets nothing, not even the role's name. */
class TlsRefusalIT {

    @RegisterExtension
    private final Streams streams = new Streams();

    private final Received<Item> received = new Received<>();

    @BeforeEach
    void table() throws Exception {
        streams.execute("CREATE TABLE item " + Item.COLUMNS);
    }

    @Test
    void a_certificate_for_another_host_is_refused_with_the_host_and_what_mends_it() throws Exception {
        try (FaultProxy proxy = behind(Certificates.SHARED.wrongHost())) {
            ConnectException error = refused(items(proxy, "verify-full"));

            assertThat(error)
                    .hasMessageContaining(proxy.host() + ":" + proxy.port())
                    .hasMessageContaining("for another host")
                    .hasMessageContaining("sslmode=verify-full")
                    .hasMessageContaining("subject alternative name");

            streams.start(items(proxy, "verify-ca"));
            streams.execute("INSERT INTO item VALUES (1, 1)");
            assertThat(received.next().id()).isEqualTo(1L);
        }
    }

    @Test
    void a_certificate_that_nobody_trusted_has_signed_is_refused_with_where_to_name_its_authority() throws Exception {
        try (FaultProxy proxy = behind(Certificates.SHARED.untrusted())) {
            assertThat(refused(items(proxy, "verify-full")))
                    .hasMessageContaining(proxy.host() + ":" + proxy.port())
                    .hasMessageContaining("sslrootcert");
        }
    }

    private FaultProxy behind(Identity identity) {
        PostgresServer server = streams.database().server();
        return FaultProxy.before(server.host(), server.port()).tls(identity).start();
    }

    private RealtimeBuilder items(FaultProxy proxy, String mode) {
        String url = proxy.url(streams.database().name()) + "?sslmode=" + mode + "&sslrootcert="
                + Certificates.SHARED.authority();
        return streams.items().on(Item.class, received).connectingTo(url, PostgresServer.SUPERUSER, () -> null);
    }

    private ConnectException refused(RealtimeBuilder builder) {
        ConnectException error = catchThrowableOfType(ConnectException.class, () -> streams.start(builder));
        assertThat(error).as("refusal").isNotNull();
        assertThat(error.sqlState()).isEqualTo("08006");
        Eventually.equal(Set.of(), () -> Leftovers.of(streams.database(), streams.slot()));
        return error;
    }
}
