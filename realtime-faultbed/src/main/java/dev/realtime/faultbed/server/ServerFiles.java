package dev.realtime.faultbed.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * The directories of one server: its cluster, its log, the output of its programs. Confined to the thread that starts and
 * stops the server.
 */
final class ServerFiles {

    /** Our settings stand in a file of their own, so that a restart on another port does not touch initdb's. */
    private static final String SETTINGS = "faultbed.conf";

    private final Path base;
    private final Path data;
    private final boolean dataIsOurs;

    ServerFiles(@Nullable Path dataDirectory) {
        try {
            this.base = Files.createTempDirectory("realtime-faultbed-");
            this.dataIsOurs = dataDirectory == null;
            this.data = dataDirectory == null ? base.resolve("data") : dataDirectory.toAbsolutePath();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot make a directory for the server", e);
        }
    }

    Path base() {
        return base;
    }

    Path data() {
        return data;
    }

    Path log() {
        return base.resolve("server.log");
    }

    Path output() {
        return base.resolve("command.out");
    }

    boolean dataIsOurs() {
        return dataIsOurs;
    }

    boolean hasCluster() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    /** The first part of what stands in {@code PG_VERSION}, the cluster's own word. */
    int majorVersion() {
        try {
            return Integer.parseInt(Files.readString(data.resolve("PG_VERSION")).trim());
        } catch (IOException e) {
            throw new IllegalStateException("No cluster in " + data, e);
        }
    }

    /** The postmaster's process id, the first line of {@code postmaster.pid}. */
    long postmasterPid() {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().trim());
        } catch (IOException e) {
            throw new IllegalStateException("The server is not running", e);
        }
    }

    void write(PostgresServerBuilder plan, int port) {
        try {
            Path main = data.resolve("postgresql.conf");
            String include = "include '" + SETTINGS + "'";
            String before = Files.readString(main);
            if (!before.contains(include)) {
                Files.writeString(main, before + System.lineSeparator() + include + System.lineSeparator());
            }
            Files.writeString(data.resolve(SETTINGS), settings(plan.settings(), port));
            Files.writeString(data.resolve("pg_hba.conf"), accessRules(plan));
            Path certificate = plan.certificate();
            Path privateKey = plan.privateKey();
            if (certificate != null && privateKey != null) {
                Files.copy(certificate, data.resolve("server.crt"), StandardCopyOption.REPLACE_EXISTING);
                copyPrivately(privateKey, data.resolve("server.key"));
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write the server's configuration", e);
        }
    }

    private static String settings(Map<String, String> settings, int port) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining("", local(port), ""));
    }

    /** Sockets in the file system would be two servers' to quarrel about. */
    private static String local(int port) {
        return "port = " + port + "\nlisten_addresses = 'localhost'\nunix_socket_directories = ''\n";
    }

    private static String accessRules(PostgresServerBuilder plan) {
        return Stream.concat(
                        plan.accessRules().stream(),
                        Stream.of("host all all samehost trust", "host replication all samehost trust"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The server does not start with a key that others can read. */
    private static void copyPrivately(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(to, Files.readAllBytes(from));
    }

    void delete() {
        File directory = base.toFile();
        FileUtils.deleteQuietly(directory);
    }
}
