package dev.realtime.hibernate;

import dev.realtime.internal.decoding.Decoders;
import dev.realtime.internal.setup.TypeCatalogue;
import dev.realtime.mapping.Column;
import dev.realtime.mapping.Row;
import dev.realtime.mapping.Table;
import dev.realtime.mapping.TableName;
import dev.realtime.type.PgType;
import dev.realtime.type.TypeCatalog;
import dev.realtime.type.TypeRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Rows as the stream would send them: each column's text, as the server writes it for a subscriber, through the decoders. */
final class Feeder implements AutoCloseable {

    private final Connection connection;
    private TypeCatalog catalog = TypeCatalog.builtIn();

    Feeder(String url, String user) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("user", user);
        settings.setProperty("preferQueryMode", "simple"); // every value as text
        connection = DriverManager.getConnection(url, settings);
        execute("set datestyle = 'ISO'");
        execute("set intervalstyle = 'iso_8601'");
        execute("set timezone = 'UTC'");
        execute("set extra_float_digits = 3");
        execute("set bytea_output = 'hex'");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The table as a Relation message would describe it. */
    Table table(TableName name) throws SQLException {
        String schema = name.schema() == null ? "current_schema()" : literal(name.schema());
        String of = " where c.relname = " + literal(name.name()) + " and n.nspname = " + schema;
        String resolved = text("select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace" + of);
        List<Column> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select a.attname, a.atttypid from pg_attribute a"
                        + " join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace" + of
                        + " and a.attnum > 0 and not a.attisdropped order by a.attnum")) {
            while (rows.next()) {
                columns.add(new Column(rows.getString(1), type((int) rows.getLong(2))));
            }
        }
        return new Table(new TableName(resolved, name.name()), columns);
    }

    private PgType type(int oid) {
        if (catalog.find(oid).isEmpty()) {
            catalog = catalog.with(TypeCatalogue.describe(connection, List.of(oid)));
        }
        return catalog.find(oid).orElseThrow();
    }

    /** All rows of a table, in the order of a condition such as {@code where id = 1} or {@code order by id}. */
    List<Row> rows(Table table, String condition) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table.name() + " " + condition)) {
            while (rows.next()) {
                String[] texts = new String[table.columns().size()];
                for (int i = 0; i < texts.length; i++) {
                    texts[i] = rows.getString(i + 1);
                }
                found.add(new TextRow(table, texts, Set.of(), catalog));
            }
        }
        return found;
    }

    /** The first value of the first row, null where there is none. */
    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** A row of texts in which some columns may be unknown. */
    record TextRow(Table table, String[] texts, Set<String> unknown, TypeCatalog catalog) implements Row {

        TextRow without(String... columns) {
            return new TextRow(table, texts, Set.of(columns), catalog);
        }

        TextRow onlyWith(Set<String> columns) {
            List<String> others =
                    new ArrayList<>(table.columns().stream().map(Column::name).toList());
            others.removeAll(columns);
            return without(others.toArray(String[]::new));
        }

        @Override
        public boolean isKnown(int column) {
            return !unknown.contains(table.columns().get(column).name());
        }

        @Override
        public Object value(int column) {
            if (!isKnown(column)) {
                throw new IllegalStateException("not known");
            }
            if (texts[column] == null) {
                return null;
            }
            byte[] bytes = texts[column].getBytes(StandardCharsets.UTF_8);
            int oid = table.columns().get(column).type().oid();
            return new Decoders(TypeRegistry.standard(), catalog).ofText(oid).decode(bytes, 0, bytes.length);
        }
    }
}
