package dev.realtime.internal.decoding.text;

/** The words that the server writes in place of a number or a date. Thread-safe. */
final class Words {

    private Words() {}

    /** Whether the text is this word of ASCII letters. */
    static boolean is(String word, byte[] bytes, int offset, int length) {
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[offset + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
