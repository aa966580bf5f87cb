package dev.realtime.internal.decoding.text;

import dev.realtime.error.DecodingException;

/** Words the error of a text that is not of its type. It is never given the text. */
public final class Malformed {

    private Malformed() {}

    /**
     * The error to throw.
     *
     * @param type the type's name as the server stores it
     * @param expected what the server writes for this type
     * @return an exception whose message has no value
     */
    public static DecodingException value(String type, String expected) {
        return new DecodingException("Malformed value of type " + type + ": expected " + expected);
    }
}
