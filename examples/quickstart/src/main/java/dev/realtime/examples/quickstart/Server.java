package dev.realtime.examples.quickstart;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;

/** A PostgreSQL server for the time of one run, from binaries that the build downloads. */
final class Server {

    private Server() {}

    /** Starts it as logical replication needs it: {@code wal_level} is the one setting that takes a restart to change. */
    static EmbeddedPostgres start() throws IOException {
        if (System.getProperty("user.name").equals("root") && !LinuxUtils.isUnshareAvailable()) {
            throw new IllegalStateException(
                    "PostgreSQL refuses to run as root, and this machine forbids the user namespace"
                            + " that would help ('unshare -U' failed). Run this as an ordinary user, or allow user namespaces:"
                            + " sysctl user.max_user_namespaces must be above 0, and a container needs a seccomp profile with"
                            + " unshare.");
        }
        return EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .start();
    }
}
