package dev.realtime.internal.store;

import java.util.List;

/**
 * The table of how far the slot was moved, and with which subscriptions there: one row for each of them, and one for the
 * stream itself, whose name is empty. Written by the library alone. Immutable.
 *
 * @param table its name
 */
public record CoverageTable(StoredTable table) {

    /** What the table is for. */
    public static final String REASON =
            "The table keeps how far the slot was moved, so that nobody else can move it unnoticed";

    /** What the streaming role needs there. */
    public static final List<String> PRIVILEGES = OffsetTable.PRIVILEGES;

    /** The name of the stream's own row: no subscription's. */
    static final String STREAM = "";

    /**
     * The statement that creates it.
     *
     * @return SQL
     */
    public String creation() {
        return "CREATE TABLE " + table
                + " (slot text NOT NULL, name text NOT NULL, system_id text NOT NULL, timeline integer NOT NULL,"
                + " epoch bigint NOT NULL, covered pg_lsn NOT NULL, incarnation bigint NOT NULL DEFAULT 0,"
                + " PRIMARY KEY (slot, name))";
    }
}
