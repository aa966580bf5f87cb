package dev.realtime.internal.decoding.text;

import dev.realtime.error.DecodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text as it is: for the types of text, enum labels, and all types without a decoder.
 *
 * <p>A database in SQL_ASCII lets bytes through that are no UTF-8. They are an error here, since a replacement character
 * would be a silent loss; an application that wants them registers a decoder for {@code pg_catalog.text}. Thread-safe.
 */
final class Texts {

    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    static String text(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        // The JDK decodes UTF-8 fastest where it replaces; only a text with such a character is worth a strict second
        // look.
        // For Latin text the search costs nothing: such a String knows that it cannot hold the character.
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireUtf8(bytes, offset, length);
        }
        return text;
    }

    private static void requireUtf8(byte[] bytes, int offset, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
        } catch (CharacterCodingException e) {
            throw new DecodingException("Malformed text: expected UTF-8; is the database's encoding SQL_ASCII?", e);
        }
    }
}
