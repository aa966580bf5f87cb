package dev.realtime.faultbed.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a local server is to be like. Without further ado: {@code wal_level=logical}, thirty walsenders and slots, no fsync
 * (data outlives the death of every process, not that of the machine), every local connection trusted, no TLS. Confined to
 * the thread that builds.
 */
public final class PostgresServerBuilder {

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> accessRules = new ArrayList<>();
    private @Nullable Path dataDirectory;
    private @Nullable Path certificate;
    private @Nullable Path privateKey;

    PostgresServerBuilder() {
        settings.put("wal_level", "logical");
        settings.put("max_wal_senders", "30");
        settings.put("max_replication_slots", "30");
        settings.put("max_prepared_transactions", "10");
        settings.put("fsync", "off");
        settings.put("timezone", "UTC");
        settings.put("log_line_prefix", "%m [%p] %q%a ");
    }

    /**
     * Sets a parameter of {@code postgresql.conf} (PostgreSQL manual, chapter 20).
     *
     * @param name such as {@code wal_sender_timeout}
     * @param value such as {@code 3s}, without quotes
     * @return this builder
     */
    public PostgresServerBuilder setting(String name, String value) {
        settings.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Puts a line before the default ones of {@code pg_hba.conf} (PostgreSQL manual, section 21.1); the first that matches
     * decides. A logical replication connection matches by its database, not by the word {@code replication}.
     *
     * @param line such as {@code hostssl all app samehost scram-sha-256}
     * @return this builder
     */
    public PostgresServerBuilder accessRule(String line) {
        accessRules.add(Objects.requireNonNull(line, "line"));
        return this;
    }

    /**
     * Asks a role for its password, by SCRAM. All other roles stay trusted.
     *
     * @param role its name, which need not exist yet
     * @return this builder
     */
    public PostgresServerBuilder password(String role) {
        return accessRule("host all \"" + role.replace("\"", "\"\"") + "\" all scram-sha-256");
    }

    /**
     * Lets the server speak TLS. Clients may still connect without, unless an {@linkplain #accessRule access rule} forbids it.
     *
     * @param certificate its certificate, PEM
     * @param privateKey the key to it, PEM; both are copied
     * @return this builder
     */
    public PostgresServerBuilder tls(Path certificate, Path privateKey) {
        this.certificate = Objects.requireNonNull(certificate, "certificate");
        this.privateKey = Objects.requireNonNull(privateKey, "privateKey");
        return setting("ssl", "on");
    }

    /**
     * Keeps the cluster in a directory of the caller's, which {@link PostgresServer#close} leaves behind. Without it the
     * cluster lives in a temporary directory that goes with the server.
     *
     * @param directory an existing cluster, or a directory that is empty or does not exist yet
     * @return this builder
     */
    public PostgresServerBuilder dataDirectory(Path directory) {
        this.dataDirectory = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /**
     * Makes the cluster and starts it on a free port.
     *
     * @return a server that accepts connections, the caller's to close
     * @throws IllegalStateException where this machine lacks something; the message names it
     */
    public PostgresServer start() {
        return LocalServer.start(Binaries.onClassPath(), new ServerFiles(dataDirectory), this);
    }

    Map<String, String> settings() {
        return settings;
    }

    List<String> accessRules() {
        return accessRules;
    }

    @Nullable
    Path certificate() {
        return certificate;
    }

    @Nullable
    Path privateKey() {
        return privateKey;
    }
}
