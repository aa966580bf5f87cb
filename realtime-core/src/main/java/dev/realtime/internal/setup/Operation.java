package dev.realtime.internal.setup;

/** A kind of change that a publication may carry: its parameter {@code publish} (manual, CREATE PUBLICATION). */
public enum Operation {
    /** Rows that come to be. */
    INSERT("insert"),
    /** Rows that change; the table needs a replica identity, or its writers fail. */
    UPDATE("update"),
    /** Rows that go; the table needs a replica identity, or its writers fail. */
    DELETE("delete"),
    /** Tables that are emptied. */
    TRUNCATE("truncate");

    private final String word;

    Operation(String word) {
        this.word = word;
    }

    /**
     * The operation in SQL.
     *
     * @return such as {@code insert}
     */
    public String word() {
        return word;
    }
}
