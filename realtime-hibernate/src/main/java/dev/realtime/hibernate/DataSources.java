package dev.realtime.hibernate;

import dev.realtime.connection.Coordinates;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads URL, user and password out of the data sources that have them. By reflection, since none of their libraries
 * needs to be there; what they answer is asked anew at each connect. Thread-safe.
 */
final class DataSources {

    /** A class and the methods that tell; what stands before a dot leads to the object that has them. */
    private record Kind(String type, String url, String user, String password) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("com.zaxxer.hikari.HikariConfig", "getJdbcUrl", "getUsername", "getPassword"),
            new Kind("org.postgresql.ds.common.BaseDataSource", "getUrl", "getUser", "getPassword"),
            new Kind("org.apache.commons.dbcp2.BasicDataSource", "getUrl", "getUserName", "getPassword"),
            new Kind(
                    "org.apache.tomcat.jdbc.pool.DataSourceProxy",
                    "getPoolProperties.getUrl",
                    "getPoolProperties.getUsername",
                    "getPoolProperties.getPassword"));

    /** Methods that lead to the data source behind another. */
    private static final List<Kind> WRAPPERS = List.of(
            new Kind("com.zaxxer.hikari.HikariConfig", "getDataSource", "", ""),
            new Kind("org.springframework.jdbc.datasource.DelegatingDataSource", "getTargetDataSource", "", ""));

    private static final String ROUTING = "org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource";
    private static final int DEEPEST = 8;

    private DataSources() {}

    static Optional<Coordinates> coordinates(DataSource source) {
        return coordinates(source, 0);
    }

    private static Optional<Coordinates> coordinates(Object source, int depth) {
        if (depth > DEEPEST || is(source, ROUTING)) {
            return Optional.empty();
        }
        for (Kind kind : KINDS) {
            if (is(source, kind.type())) {
                Told told = new Told(source, kind);
                if (truthful(told.url(), told.user(), told.password())) {
                    return Optional.of(told);
                }
            }
        }
        for (Kind wrapper : WRAPPERS) {
            Object inner = is(source, wrapper.type()) ? call(source, wrapper.url()) : null;
            if (inner != null) {
                return coordinates(inner, depth + 1);
            }
        }
        DataSource unwrapped = unwrapped(source);
        return unwrapped == null || unwrapped == source ? Optional.empty() : coordinates(unwrapped, depth + 1);
    }

    /** Whether somebody could log in with these: a PostgreSQL URL, and nothing shown as asterisks. */
    static boolean truthful(@Nullable String url, @Nullable String user, @Nullable String password) {
        return url != null
                && url.startsWith("jdbc:postgresql:")
                && (user == null || !user.matches("\\*+"))
                && (password == null || !password.matches("\\*+"));
    }

    private static boolean is(Object source, String type) {
        for (Class<?> each = source.getClass(); each != null; each = each.getSuperclass()) {
            if (each.getName().equals(type)) {
                return true;
            }
        }
        return false;
    }

    /** A proxy around one of the known kinds gives it away if it is asked for by its class. */
    private static @Nullable DataSource unwrapped(Object source) {
        for (String type : List.of("com.zaxxer.hikari.HikariDataSource", "org.postgresql.ds.PGSimpleDataSource")) {
            try {
                Class<?> known = Class.forName(type, false, source.getClass().getClassLoader());
                if (source instanceof DataSource proxy && proxy.isWrapperFor(known)) {
                    return (DataSource) proxy.unwrap(known);
                }
            } catch (ClassNotFoundException | SQLException | LinkageError notThere) {
                // Then it is not of this kind.
            }
        }
        return null;
    }

    private static @Nullable Object call(Object target, String methods) {
        Object result = target;
        try {
            for (String method : methods.split("\\.")) {
                result = result == null
                        ? null
                        : result.getClass().getMethod(method).invoke(result);
            }
            return result;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException silent) {
            return null;
        }
    }

    /** What a data source tells each time it is asked: a rotated password is the new one. Thread-safe. */
    private record Told(Object source, Kind kind) implements Coordinates {

        @Override
        public String url() {
            return String.valueOf(call(source, kind.url()));
        }

        @Override
        public @Nullable String user() {
            return (String) call(source, kind.user());
        }

        @Override
        public @Nullable String password() {
            return (String) call(source, kind.password());
        }

        @Override
        public String toString() {
            return "what " + source.getClass().getName() + " tells";
        }
    }
}
