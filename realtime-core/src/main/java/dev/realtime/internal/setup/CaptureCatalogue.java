package dev.realtime.internal.setup;

import dev.realtime.mapping.TableName;
import dev.realtime.wal.Lsn;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads what a publication captures, to be compared with what it captured before. Confined to one thread. */
final class CaptureCatalogue {

    private final Catalogue catalogue;

    CaptureCatalogue(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Captured captured(String publication, Collection<String> tableNames) throws SQLException {
        // Before the publication is read: what the text tells was so from here on at the latest.
        Lsn at = catalogue
                .query(
                        "SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()"
                                + " ELSE pg_current_wal_lsn() END)::text AS at",
                        row -> Lsn.parse(row.getString("at")))
                .get(0);
        boolean lists = catalogue.server().atLeast(Server.PG_15);
        String content = lists ? "t.attnames::text, t.rowfilter" : "''";
        String generated = catalogue.server().atLeast(Server.PG_18) ? "p.pubgencols::text" : "''";
        String query = "SELECT t.schemaname, t.tablename, concat_ws(' ', p.oid, p.pubinsert, p.pubupdate, p.pubdelete,"
                + " p.pubtruncate, p.pubviaroot, " + generated + ", " + content + ") AS content"
                + " FROM pg_publication p JOIN pg_publication_tables t ON t.pubname = p.pubname"
                + " WHERE p.pubname = ? AND t.tablename = ANY (?::text[])";
        Map<String, String> tables = catalogue
                .query(
                        query,
                        row -> Map.entry(
                                new TableName(row.getString("schemaname"), row.getString("tablename")).toString(),
                                row.getString("content")),
                        publication,
                        tableNames)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one));
        return new Captured(tables, at);
    }
}
