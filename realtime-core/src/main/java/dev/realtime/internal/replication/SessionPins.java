package dev.realtime.internal.replication;

import dev.realtime.internal.connection.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of the walsender's session that decide how a value is written (manual, sections 19.11 and 8.5): defaults
 * of a role or a database would change them behind our back. Thread-safe.
 */
final class SessionPins {

    private SessionPins() {}

    static void set(Connection connection, SessionSettings settings) throws SQLException {
        // One statement is one round trip. The name is qualified because a search_path may be hostile too.
        String sql = pins(settings).entrySet().stream()
                .map(pin -> "pg_catalog.set_config(" + SqlText.literal(pin.getKey()) + ", "
                        + SqlText.literal(pin.getValue()) + ", false)")
                .collect(Collectors.joining(", ", "SELECT ", ""));
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static Map<String, String> pins(SessionSettings settings) {
        Map<String, String> pins = new LinkedHashMap<>();
        pins.put("TimeZone", "UTC");
        pins.put("DateStyle", "ISO, MDY");
        pins.put("IntervalStyle", "iso_8601");
        pins.put("bytea_output", "hex");
        pins.put("extra_float_digits", "1");
        pins.put("lc_monetary", "C");
        pins.put("xmlbinary", "base64");
        // A missing publication is only a warning from version 18 on: it must not be filtered out.
        pins.put("client_min_messages", "warning");
        pins.put("wal_sender_timeout", settings.walSenderTimeout().toMillis() + "ms");
        return pins;
    }
}
