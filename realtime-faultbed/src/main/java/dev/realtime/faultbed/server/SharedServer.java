package dev.realtime.faultbed.server;

/**
 * The one server that all test classes of a JVM share, each with a {@link TestDatabase} of its own: starting a server takes
 * seconds, creating a database a tenth of one. It ends with the JVM. Tests that stop or kill their server start their own.
 * With the system property {@value #IN_CONTAINER} it runs in a container, of the image that the property
 * {@code realtime.testcontainers.image} names, else {@code postgres:18}. Thread-safe.
 */
public final class SharedServer {

    /** The system property that puts the server into a container when it is {@code true}. */
    public static final String IN_CONTAINER = "realtime.testcontainers";

    private SharedServer() {}

    /**
     * The server, started by the first call.
     *
     * @return a running server; do not close it
     */
    public static PostgresServer get() {
        return Holder.SERVER;
    }

    /**
     * A new database on the shared server.
     *
     * @return an empty database, the caller's to close
     */
    public static TestDatabase database() {
        return TestDatabase.on(get());
    }

    private static final class Holder {
        static final PostgresServer SERVER = Boolean.getBoolean(IN_CONTAINER)
                ? ContainerServer.start(PostgresServer.builder().settings())
                : PostgresServer.builder().start();
    }
}
