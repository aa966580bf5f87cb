package dev.realtime.hibernate;

/** Why no row of its table can tell an attribute. Thrown while a mapping is built, and caught there. Immutable. */
final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param reason the end of the sentence "the attribute is not available: …"
     */
    Unreadable(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
