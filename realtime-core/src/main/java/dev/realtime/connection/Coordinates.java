package dev.realtime.connection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is and as whom to log in. Each method is asked anew at every connect, so that rotated secrets are
 * picked up without a restart.
 *
 * <p>An implementation must not show the password in its {@code toString}, and must be thread-safe: it is called from
 * the thread that reads the stream and from the one that starts it. Thread-safe.
 */
public interface Coordinates {

    /**
     * The server and the database, as the JDBC driver writes them. Parameters such as {@code sslmode} and {@code
     * sslrootcert} are honoured; {@code socketFactory} is refused, because replication needs a socket of its own.
     *
     * @return {@code jdbc:postgresql://host:port/database}, with or without parameters
     */
    String url();

    /**
     * The role to log in as. For the replication connection it needs {@code LOGIN} and {@code REPLICATION} (manual,
     * section 21.2), or what a managed service has in its place.
     *
     * @return the role; null where the URL names it
     */
    @Nullable
    String user();

    /**
     * The role's password.
     *
     * @return the password; null where none is needed, or where the URL or the driver's password file has it
     */
    @Nullable
    String password();

    /**
     * Coordinates whose password comes from elsewhere.
     *
     * @param url the server and the database, see {@link #url()}
     * @param user the role, or null where the URL names it
     * @param password asked at each connect; may return null; may be called from several threads
     * @return coordinates whose text shows neither the password nor the URL's parameters
     */
    static Coordinates of(String url, @Nullable String user, Supplier<? extends @Nullable String> password) {
        return new GivenCoordinates(url, user, password);
    }
}
