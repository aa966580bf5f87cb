package dev.realtime.faultbed.ledger;

/** What was done to a row. Immutable. */
public enum Operation {
    /** A new row. */
    INSERT,
    /** A new version of a row, perhaps under another key. */
    UPDATE,
    /** The end of a row. */
    DELETE,
    /** The end of all rows of a table; its key is {@code -}. */
    TRUNCATE
}
