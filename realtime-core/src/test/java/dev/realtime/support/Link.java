package dev.realtime.support;

import dev.realtime.faultbed.proxy.FaultProxy;
import dev.realtime.faultbed.server.PostgresServer;
import dev.realtime.faultbed.tls.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the library reaches its server: each story is told over both. */
public enum Link {
    PLAIN,
    /** The proxy ends TLS with a certificate of the tests' own, so that it reads what the library confirms. */
    TLS;

    /** A proxy before a server, for clients that connect this way. */
    FaultProxy before(PostgresServer server) {
        var proxy = FaultProxy.before(server.host(), server.port());
        return (this == TLS ? proxy.tls(Certificates.SHARED.server()) : proxy).start();
    }

    /** What the address of a database says about it. */
    String parameters() {
        return this == TLS ? "?sslmode=verify-full&sslrootcert=" + Certificates.SHARED.authority() : "";
    }

    /** Certificates that all stories of a JVM share. */
    public static final class Certificates {

        public static final TestCertificates SHARED = TestCertificates.in(directory());

        private Certificates() {}

        private static Path directory() {
            try {
                Path directory = Files.createTempDirectory("realtime-tls");
                directory.toFile().deleteOnExit();
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
