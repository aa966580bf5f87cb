package dev.realtime.internal.setup;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One consistent look at the system catalogue: a read-only transaction in which unqualified names and operators mean
 * PostgreSQL's own, whatever search path and time-outs the role has. Closing it rolls back. Confined to one thread.
 */
final class Catalogue implements AutoCloseable {

    /** Makes an object of the current row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final boolean autoCommit;
    private final Server server;

    private Catalogue(Connection connection, boolean autoCommit, Server server) {
        this.connection = connection;
        this.autoCommit = autoCommit;
        this.server = server;
    }

    /** Begins; refuses a server that this library does not work with. */
    static Catalogue open(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        if (!autoCommit) {
            connection.rollback();
        }
        connection.setAutoCommit(false);
        try {
            return new Catalogue(connection, autoCommit, begin(connection));
        } catch (SQLException | RuntimeException e) {
            try {
                end(connection, autoCommit);
            } catch (SQLException inVain) {
                e.addSuppressed(inVain);
            }
            throw e;
        }
    }

    private static Server begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            statement.execute("SET LOCAL statement_timeout = '30s'");
            Server server = Server.read(statement);
            // After the search path was read, which tells what the role sees.
            statement.execute("SET LOCAL search_path = pg_catalog");
            return server;
        }
    }

    Server server() {
        return server;
    }

    /** Runs a query; a parameter that is a collection becomes an array of text. */
    <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof Collection<?> values) {
                    statement.setArray(i + 1, textArray(values));
                } else {
                    statement.setObject(i + 1, parameters[i]);
                }
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        }
    }

    private Array textArray(Collection<?> values) throws SQLException {
        return connection.createArrayOf(
                "text", values.stream().map(String::valueOf).toArray());
    }

    /** The array in a column, without elements where it is null. */
    static List<String> strings(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    @Override
    public void close() throws SQLException {
        end(connection, autoCommit);
    }

    private static void end(Connection connection, boolean autoCommit) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
    }
}
