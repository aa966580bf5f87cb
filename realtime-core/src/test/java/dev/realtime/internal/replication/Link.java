package dev.realtime.internal.replication;

import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.tls.TestCertificates;
import java.nio.file.Path;

/** How the reader and the server are connected; every fault must end the same way over both. */
enum Link {
    PLAIN,
    TLS;

    static PostgresServer server(TestCertificates certificates) {
        return PostgresServer.builder()
                .tls(certificates.server().certificate(), certificates.server().privateKey())
                .start();
    }

    /** The parameters that a URL needs for this link. */
    String parameters(Path authority) {
        return this == TLS ? "?sslmode=verify-full&sslrootcert=" + authority : "?sslmode=disable";
    }
}
