package dev.realtime.internal.decoding.output;

import dev.realtime.internal.decoding.binary.BinaryReader;

/**
 * One tsquery (manual, section 8.11.2): Int32 number of items, and of each Int8 kind. 1 is a lexeme: Int8 weights, Int8
 * whether it is a prefix, string. 2 is an operator: Int8 which, for {@code <n>} Int16 distance; behind it stand its right and
 * then its left operand. Confined to the thread that decodes.
 */
final class QueryOutput {

    private static final int LEXEME = 1;
    private static final int NOT = 1;
    private static final int AND = 2;
    private static final int PHRASE = 4;
    /** By operator: an operand that binds less than what it stands in is in parentheses. */
    private static final int[] PRIORITY = {-1, 4, 2, 1, 3};
    /** The server refuses a query whose parse needs a deeper stack than it has; ours must not overflow. */
    private static final int DEEPEST = 1_000;

    private static final String WEIGHTS = "DCBA";

    private final BinaryReader in;
    private int itemsLeft;

    private QueryOutput(BinaryReader in) {
        this.in = in;
    }

    static void tsquery(BinaryReader in, TextBuffer out) {
        QueryOutput query = new QueryOutput(in);
        query.itemsLeft = in.count(2);
        if (query.itemsLeft > 0) {
            TextBuffer text = query.item(-1, false, 0);
            out.octets(text.array(), 0, text.size());
        }
        if (query.itemsLeft != 0) {
            throw in.malformed("one query");
        }
    }

    private TextBuffer item(int around, boolean rightOfPhrase, int depth) {
        if (itemsLeft-- == 0 || depth > DEEPEST) {
            throw in.malformed("as many items as the query says, no more than " + DEEPEST + " deep");
        }
        TextBuffer out = new TextBuffer();
        if (in.int8() == LEXEME) {
            lexeme(out);
            return out;
        }
        int operator = in.int8();
        if (operator < NOT || operator > PHRASE) {
            throw in.malformed("operators from 1 to 4");
        }
        int priority = PRIORITY[operator];
        int distance = operator == PHRASE ? in.int16() : 0;
        boolean parentheses = priority < around || operator == PHRASE && rightOfPhrase;
        TextBuffer right = item(priority, operator == PHRASE, depth + 1);
        out.ascii(parentheses ? "( " : "");
        if (operator == NOT) {
            out.ascii('!');
        } else {
            TextBuffer left = item(priority, false, depth + 1);
            out.octets(left.array(), 0, left.size()).ascii(symbol(operator, distance));
        }
        return out.octets(right.array(), 0, right.size()).ascii(parentheses ? " )" : "");
    }

    private static String symbol(int operator, int distance) {
        if (operator == PHRASE) {
            return distance == 1 ? " <-> " : " <" + distance + "> ";
        }
        return operator == AND ? " & " : " | ";
    }

    private void lexeme(TextBuffer out) {
        int weights = in.int8();
        boolean prefix = in.int8() != 0;
        TextSearchOutput.lexeme(in, out);
        if (weights != 0 || prefix) {
            out.ascii(':').ascii(prefix ? "*" : "");
            for (int weight = WEIGHTS.length() - 1; weight >= 0; weight--) {
                out.ascii((weights & 1 << weight) != 0 ? WEIGHTS.substring(weight, weight + 1) : "");
            }
        }
    }
}
