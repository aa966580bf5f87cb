package dev.realtime.hibernate;

import dev.realtime.mapping.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The identifiers that Hibernate renders into SQL, read as PostgreSQL reads them (manual, Identifiers and Key Words):
 * without quotes in lower case, and never longer than 63 bytes. Thread-safe.
 */
final class SqlNames {

    private static final int NAMEDATALEN = 64;

    private SqlNames() {}

    /**
     * @param expression such as {@code id} or {@code "Quoted Col"}
     * @return the name in the catalogue
     */
    static String column(String expression) {
        List<String> parts = parts(expression);
        return parts.get(parts.size() - 1);
    }

    /**
     * @param expression such as {@code users}, {@code app.users} or {@code "app"."Users"}; a catalog before them is dropped
     * @return the name in the catalogue; without a schema where the expression has none
     */
    static TableName table(String expression) {
        List<String> parts = parts(expression);
        int last = parts.size() - 1;
        return new TableName(last == 0 ? null : parts.get(last - 1), parts.get(last));
    }

    private static List<String> parts(String expression) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < expression.length() && expression.charAt(i + 1) == '"') {
                    part.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == '.' && !quoted) {
                parts.add(truncated(part.toString()));
                part.setLength(0);
            } else {
                part.append(quoted ? c : folded(c));
            }
        }
        parts.add(truncated(part.toString()));
        return parts;
    }

    /** In a multibyte encoding PostgreSQL folds the letters of ASCII alone. */
    private static char folded(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    private static String truncated(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < NAMEDATALEN) {
            return name;
        }
        int end = NAMEDATALEN - 1;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--; // not in the middle of a character
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
