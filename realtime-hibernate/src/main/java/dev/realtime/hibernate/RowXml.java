package dev.realtime.hibernate;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLXML;
import org.jspecify.annotations.Nullable;

/**
 * A value of type {@code xml} as JDBC hands it out: its text, in each of the forms that need no parser. Thread-safe.
 */
final class RowXml {

    private RowXml() {}

    static SQLXML of(String text) {
        return (SQLXML) Proxy.newProxyInstance(
                RowXml.class.getClassLoader(),
                new Class<?>[] {SQLXML.class},
                (proxy, method, arguments) -> answer(text, method.getName()));
    }

    private static @Nullable Object answer(String text, String method) throws SQLException {
        return switch (method) {
            case "getString" -> text;
            case "getCharacterStream" -> new StringReader(text);
            case "getBinaryStream" -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            case "toString" -> "xml"; // no value
            case "free" -> null;
            default -> throw Refusal.of("getSQLXML, with " + method + ",");
        };
    }
}
