package dev.realtime.internal.connection;

import dev.realtime.error.ConfigurationException;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes names and texts into SQL so that any of them arrives as it is (manual, sections 4.1.1 and 4.1.2.1): quotes are
 * doubled, nothing else is special, because {@code standard_conforming_strings} is on and the replication grammar knows
 * no escapes. Thread-safe.
 */
public final class SqlText {

    private static final Pattern SLOT_NAME = Pattern.compile("[a-z0-9_]{1,63}");

    private SqlText() {}

    /**
     * Refuses what PostgreSQL would refuse as a slot's name (manual, section 26.2.6.1), before anything is sent.
     *
     * @param name the name
     * @return the name, which needs no quotes
     * @throws ConfigurationException where it is not of 1 to 63 lower-case letters, digits and underscores
     */
    public static String slotName(String name) {
        if (!SLOT_NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    "A replication slot's name is of 1 to 63 lower-case letters (a to z), digits"
                            + " and underscores, not \"" + name.replace("\0", "\\0") + '"');
        }
        return name;
    }

    /**
     * A name as a quoted identifier.
     *
     * @param name any name; PostgreSQL cuts it after 63 bytes
     * @return the name in double quotes
     * @throws ConfigurationException where it is empty or holds a zero character, which no identifier can
     */
    public static String identifier(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new ConfigurationException("A PostgreSQL name must not be empty or hold a zero character: \""
                    + name.replace("\0", "\\0") + '"');
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * A text as a literal.
     *
     * @param text any text without a zero character
     * @return the text in single quotes
     * @throws ConfigurationException where it holds a zero character
     */
    public static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new ConfigurationException("A PostgreSQL text cannot hold a zero character");
        }
        return '\'' + text.replace("'", "''") + '\'';
    }

    /**
     * Names as one literal that holds a list of identifiers, as the option {@code publication_names} wants it (manual,
     * section 54.5.1).
     *
     * @param names at least one name
     * @return such as {@code '"a","b"'}
     */
    public static String identifierList(Collection<String> names) {
        return literal(names.stream().map(SqlText::identifier).collect(Collectors.joining(",")));
    }
}
