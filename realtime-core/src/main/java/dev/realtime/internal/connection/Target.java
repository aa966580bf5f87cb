package dev.realtime.internal.connection;

import dev.realtime.connection.Coordinates;
import dev.realtime.error.ConfigurationException;
import dev.realtime.error.ConnectException;
import dev.realtime.error.RealtimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The coordinates of one connect, taken apart: hosts and database in the URL, everything else as properties, so that a
 * property of ours wins over a parameter of the application's URL (the driver has it the other way round). Confined to
 * the thread that connects.
 */
final class Target {

    private static final String SCHEME = "jdbc:postgresql:";

    private final Properties properties;
    private final List<String> hosts;
    private final boolean tlsImposed;

    private Target(Properties properties, List<String> hosts, boolean tlsImposed) {
        this.properties = properties;
        this.hosts = hosts;
        this.tlsImposed = tlsImposed;
    }

    /** Asks the coordinates, once each, and applies the TLS rule. */
    static Target of(Coordinates coordinates) {
        String password;
        try {
            password = coordinates.password();
        } catch (RealtimeException e) {
            throw e;
        } catch (RuntimeException e) {
            // The text of a secret's source may hold the secret: only its kind is named, and the cause is left out.
            throw new ConnectException(
                    "The source of the password failed with " + e.getClass().getName(), null, null);
        }
        return of(coordinates.url(), coordinates.user(), password);
    }

    /** Where the coordinates lead, without asking for the password. */
    static String describe(Coordinates coordinates) {
        return of(coordinates.url(), coordinates.user(), null).toString();
    }

    private static Target of(String url, @Nullable String user, @Nullable String password) {
        refuseWhatTheDriverWouldPrint(url);
        Properties properties = Driver.parseURL(url, onlyUser(user));
        if (properties == null) {
            throw notAUrl();
        }
        if (user != null) {
            PGProperty.USER.set(properties, user);
        }
        if (password != null) {
            PGProperty.PASSWORD.set(properties, password);
        }
        if (PGProperty.SOCKET_FACTORY.getOrDefault(properties) != null) {
            throw new ConfigurationException(
                    "The JDBC URL names a socketFactory, but replication waits on a socket of its"
                            + " own: give a URL without it for this connection, through a plain address or a local proxy of the"
                            + " service (Cloud SQL Auth Proxy and the like)");
        }
        List<String> hosts = hosts(properties);
        boolean imposed = PGProperty.SSL_MODE.getOrDefault(properties) == null
                && !hosts.stream().map(Target::withoutPort).allMatch(Loopback::is);
        if (imposed) {
            PGProperty.SSL_MODE.set(properties, "verify-full");
        }
        return new Target(properties, hosts, imposed);
    }

    private static Properties onlyUser(@Nullable String user) {
        Properties defaults = new Properties();
        if (user != null) {
            PGProperty.USER.set(defaults, user);
        }
        return defaults;
    }

    /** The driver logs a URL that it cannot read, parameters and password included: ask it without them first. */
    private static void refuseWhatTheDriverWouldPrint(String url) {
        int parameters = url.indexOf('?');
        String place = parameters < 0 ? url : url.substring(0, parameters);
        if (!place.startsWith(SCHEME) || place.indexOf('@') >= 0 || Driver.parseURL(place, null) == null) {
            throw notAUrl();
        }
    }

    private static ConfigurationException notAUrl() {
        return new ConfigurationException("Not a JDBC URL of PostgreSQL (it is not shown, it may hold a password);"
                + " expected jdbc:postgresql://host:port/database?parameter=value with user and password apart");
    }

    private static List<String> hosts(Properties properties) {
        String[] names =
                String.valueOf(PGProperty.PG_HOST.getOrDefault(properties)).split(",");
        String[] ports =
                String.valueOf(PGProperty.PG_PORT.getOrDefault(properties)).split(",");
        List<String> hosts = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            hosts.add(names[i] + ':' + ports[Math.min(i, ports.length - 1)]);
        }
        return hosts;
    }

    private static String withoutPort(String host) {
        return host.substring(0, host.lastIndexOf(':'));
    }

    void set(PGProperty property, String value) {
        property.set(properties, value);
    }

    /** What the driver is given besides {@link #properties()}: hosts alone, the database stands among the properties. */
    String url() {
        return SCHEME + "//" + String.join(",", hosts) + '/';
    }

    Properties properties() {
        return properties;
    }

    String user() {
        String user = PGProperty.USER.getOrDefault(properties);
        return user == null ? System.getProperty("user.name", "") : user;
    }

    String database() {
        String database = PGProperty.PG_DBNAME.getOrDefault(properties);
        return database == null || database.isEmpty() ? user() : database;
    }

    boolean hasPassword() {
        String password = PGProperty.PASSWORD.getOrDefault(properties);
        return password != null && !password.isEmpty();
    }

    boolean hasSeveralHosts() {
        return hosts.size() > 1;
    }

    /** Whether the server's certificate must be for the host that is connected to. */
    boolean verifiesHost() {
        return "verify-full".equals(PGProperty.SSL_MODE.getOrDefault(properties));
    }

    /** True where {@code verify-full} is our rule and not the application's word. */
    boolean tlsImposed() {
        return tlsImposed;
    }

    /** For messages: where and as whom, never with what. */
    @Override
    public String toString() {
        return String.join(",", hosts) + '/' + database() + " as \"" + user() + '"';
    }
}
