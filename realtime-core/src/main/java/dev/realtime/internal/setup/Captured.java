package dev.realtime.internal.setup;

import dev.realtime.wal.Lsn;
import java.util.Map;

/**
 * What a publication captured at one moment. Immutable.
 *
 * @param tables of each wanted table that it carries, quoted with its schema, a text that changes with what is sent of it
 * @param at the end of the server's log then
 */
public record Captured(Map<String, String> tables, Lsn at) {

    /** A moment. */
    public Captured {
        tables = Map.copyOf(tables);
    }
}
