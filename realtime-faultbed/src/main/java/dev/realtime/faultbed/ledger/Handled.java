package dev.realtime.faultbed.ledger;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of testimony: a handler has done its work for this change. Immutable.
 *
 * @param commit where the transaction's commit record begins, unsigned
 * @param ordinal which row change of its transaction, from 0
 * @param operation what was done to the row
 * @param key the row's key after the change as text, without white space; {@code -} for a truncation
 * @param crc stands for the row's content, for example its CRC-32; not judged for deletes
 * @param possibleRedelivery what the code under test said about this delivery
 * @param end the file's length with this line: whoever saw the file so long saw this line
 */
public record Handled(
        long commit, long ordinal, Operation operation, String key, int crc, boolean possibleRedelivery, long end) {

    /** The full stop shows a line to be whole: what was torn by a crash lacks it. */
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{1,16}) (\\d+) ([A-Z]+) (\\S+) ([0-9a-f]{8}) ([01]) \\.");

    private static final int COMMIT = 1;
    private static final int ORDINAL = 2;
    private static final int OPERATION = 3;
    private static final int KEY = 4;
    private static final int CRC = 5;
    private static final int REDELIVERY = 6;

    String line() {
        return String.format(
                Locale.ROOT,
                "%x %d %s %s %08x %d .\n",
                commit,
                ordinal,
                operation,
                key,
                crc,
                possibleRedelivery ? 1 : 0);
    }

    /** Reads a line without its end; null where it is torn. */
    static @Nullable Handled parse(String line, long end) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return null;
        }
        return new Handled(
                Long.parseUnsignedLong(parts.group(COMMIT), 16),
                Long.parseLong(parts.group(ORDINAL)),
                Operation.valueOf(parts.group(OPERATION)),
                parts.group(KEY),
                Integer.parseUnsignedInt(parts.group(CRC), 16),
                parts.group(REDELIVERY).equals("1"),
                end);
    }
}
