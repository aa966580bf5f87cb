package dev.realtime.faultbed.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * The certificates that tests of TLS need: those a client must accept and those it must refuse. Made anew at each call, valid
 * from yesterday on for a month. Immutable.
 */
public final class TestCertificates {

    private static final String[] LOCAL = {"localhost", "127.0.0.1"};

    private final Path directory;
    private final Authority trusted;
    private final Identity server;
    private final Identity wrongHost;
    private final Identity untrusted;

    private TestCertificates(Path directory) throws GeneralSecurityException, IOException {
        this.directory = directory;
        this.trusted = Authority.create("Test authority", directory.resolve("ca.crt"));
        this.server = trusted.issue(directory, "server", LOCAL);
        this.wrongHost = trusted.issue(directory, "wrong-host", "elsewhere.example");
        this.untrusted = Authority.create("Stranger", directory.resolve("stranger-ca.crt"))
                .issue(directory, "untrusted", LOCAL);
    }

    /**
     * Makes an authority and its certificates.
     *
     * @param directory an existing directory for the PEM files
     * @return the certificates
     */
    public static TestCertificates in(Path directory) {
        try {
            return new TestCertificates(directory);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot make certificates in " + directory, e);
        }
    }

    /**
     * The authority a client is to trust, pgjdbc's {@code sslrootcert}.
     *
     * @return a PEM file
     */
    public Path authority() {
        return directory.resolve("ca.crt");
    }

    /**
     * An authority that has signed none of the good certificates.
     *
     * @return a PEM file
     */
    public Path strangeAuthority() {
        return directory.resolve("stranger-ca.crt");
    }

    /**
     * A server as it should be: {@code localhost} and {@code 127.0.0.1}, signed by the {@linkplain #authority authority}.
     *
     * @return the server's identity
     */
    public Identity server() {
        return server;
    }

    /**
     * A server that the authority vouches for under another name: passes {@code verify-ca}, fails {@code verify-full}.
     *
     * @return the server's identity
     */
    public Identity wrongHost() {
        return wrongHost;
    }

    /**
     * A server of the right name, signed by the {@linkplain #strangeAuthority strange authority}.
     *
     * @return the server's identity
     */
    public Identity untrusted() {
        return untrusted;
    }
}
