package dev.realtime.internal.decoding;

import dev.realtime.faultbed.server.SharedServer;
import dev.realtime.faultbed.server.TestDatabase;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The same values twice, from one server: as this room decodes the server's text, and as pgjdbc gives them. */
final class Typed implements AutoCloseable {

    /** How pgjdbc asks for the values. */
    enum Form {
        TEXT("0"),
        BINARY("-1");

        private final String prepareThreshold;

        Form(String prepareThreshold) {
            this.prepareThreshold = prepareThreshold;
        }
    }

    /** One value: ours and theirs. */
    record Pair(
            String text, @Nullable Object ours, @Nullable Object theirs) {}

    final TestDatabase database = SharedServer.database();
    private final Map<Form, Connection> connections = new HashMap<>();

    Connection connection(Form form) throws SQLException {
        Connection open = connections.get(form);
        if (open != null) {
            return open;
        }
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("prepareThreshold", form.prepareThreshold);
        Connection connection = DriverManager.getConnection(database.url(), properties);
        connections.put(form, connection);
        for (String setting : List.of(
                "TimeZone = 'UTC'",
                "IntervalStyle = 'iso_8601'",
                "bytea_output = 'hex'",
                "extra_float_digits = 1",
                "lc_monetary = 'C'")) {
            try (PreparedStatement set = connection.prepareStatement("SET " + setting)) {
                set.execute();
            }
        }
        return connection;
    }

    /** Decodes the values of the column {@code v} of a query, and has pgjdbc give them as objects of the same class. */
    List<Pair> pairs(Form form, String query) throws SQLException {
        String sql = "SELECT format('%s', v), v, pg_typeof(v)::oid::int8 FROM (" + query + ") q";
        List<Pair> pairs = new ArrayList<>();
        try (PreparedStatement statement = connection(form).prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String text = rows.getString(1);
                boolean isNull = rows.getObject(2) == null;
                Object ours = isNull ? null : decode(text, (int) rows.getLong(3), TypeCatalog.builtIn());
                pairs.add(new Pair(text, ours, theirs(rows, ours)));
            }
        }
        return pairs;
    }

    /**
     * Decodes a value. Its text is what the type's output function writes, as in the stream; a cast to text is not the same for
     * bool and bpchar.
     */
    Object decode(String value, TypeCatalog catalog) throws SQLException {
        String sql = "SELECT format('%s', v), pg_typeof(v)::oid::int8 FROM (SELECT " + value + " AS v) q";
        try (PreparedStatement statement = connection(Form.TEXT).prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return decode(rows.getString(1), (int) rows.getLong(2), catalog);
        }
    }

    private static Object decode(String text, int oid, TypeCatalog catalog) {
        return Decoding.decode(
                new Decoders(TypeRegistry.standard(), catalog).ofText(oid), text.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Object theirs(ResultSet rows, @Nullable Object ours) throws SQLException {
        if (ours == null) {
            return null;
        }
        if (ours instanceof byte[]) {
            return rows.getBytes(2);
        }
        if (ours instanceof String) {
            return rows.getString(2);
        }
        if (ours instanceof Object[]) {
            Array array = rows.getArray(2);
            return array.getArray();
        }
        return rows.getObject(2, ours.getClass());
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
        database.close();
    }
}
