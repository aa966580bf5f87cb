package dev.realtime.event;

/** What happened to a row. */
public enum Action {
    /** A row came to be: see {@link Insert}. */
    INSERT,
    /** A row changed: see {@link Update}. */
    UPDATE,
    /** A row went: see {@link Delete}. */
    DELETE,
    /** A row was there when the subscription began: see {@link Read}. */
    READ,
    /** All rows of a table went: see {@link Truncate}. */
    TRUNCATE
}
