package dev.realtime.faultbed.ledger;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the plugin {@code test_decoding} prints for a row (PostgreSQL's {@code contrib/test_decoding}):
 * {@code table public.t: UPDATE: old-key: id[bigint]:1 new-tuple: id[bigint]:2 v[text]:'it''s'}. Confined to one call.
 */
final class TestDecodingText {

    private static final String TABLE = "table ";
    private static final String NEW_TUPLE = " new-tuple:";

    private final String text;
    private int at;
    private @Nullable String oldKey;

    private TestDecodingText(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The row change a line tells; null where it tells something else, as a message. */
    static @Nullable ReferenceRow row(String line, long ordinal) {
        if (!line.startsWith(TABLE)) {
            return null;
        }
        TestDecodingText text = new TestDecodingText(line, TABLE.length());
        String table = text.upTo(": ");
        Operation operation = Operation.valueOf(text.upTo(":"));
        if (operation == Operation.TRUNCATE) {
            return new ReferenceRow(ordinal, table, operation, "-", null, null);
        }
        Map<String, String> columns = text.columns();
        String crc = columns.get("crc");
        return new ReferenceRow(
                ordinal,
                table,
                operation,
                columns.getOrDefault("id", "?"),
                text.oldKey,
                crc == null || operation == Operation.DELETE ? null : Integer.valueOf(crc));
    }

    private String upTo(String end) {
        int found = endOfName(end);
        String part = text.substring(at, found);
        at = found + end.length();
        return part;
    }

    private int endOfName(String end) {
        boolean quoted = false;
        for (int i = at; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                quoted = !quoted;
            } else if (!quoted && text.startsWith(end, i)) {
                return i;
            }
        }
        throw new IllegalStateException("Not test_decoding's form: no '" + end + "' after character " + at);
    }

    /** The new tuple's columns, or a deleted row's key. */
    private Map<String, String> columns() {
        Map<String, String> columns = new HashMap<>();
        while (at < text.length()) {
            if (text.startsWith(" old-key:", at)) {
                at += " old-key:".length();
            } else if (text.startsWith(NEW_TUPLE, at)) {
                at += NEW_TUPLE.length();
                oldKey = columns.get("id");
                columns.clear();
            } else if (text.startsWith(" (no-tuple-data)", at)) {
                at = text.length();
            } else {
                at++;
                String name = upTo("[");
                upTo("]:");
                columns.put(name, value());
            }
        }
        return columns;
    }

    private String value() {
        if (text.startsWith("B'", at)) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\'') {
            return quoted();
        }
        int end = text.indexOf(' ', at);
        String value = text.substring(at, end < 0 ? text.length() : end);
        at += value.length();
        return value;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            int quote = text.indexOf('\'', at);
            value.append(text, at, quote);
            at = quote + 1;
            if (at == text.length() || text.charAt(at) != '\'') {
                return value.toString();
            }
            value.append('\'');
            at++;
        }
    }
}
