package dev.realtime.internal.setup;

import dev.realtime.mapping.TableName;
import java.util.Set;

/**
 * A wanted table as the database has it. Immutable.
 *
 * @param wanted what was asked for
 * @param oid its OID, unsigned: it stays when the table is renamed
 * @param name its name with its schema, as the stream will name it
 * @param partitioned whether it is the root of partitions
 * @param identity its replica identity; of a partitioned table, the root's
 * @param identityColumns the columns that an old row carries; all of them under FULL, none under NOTHING
 * @param unsent the wanted columns that the stream does not carry because the server generates them
 */
public record ResolvedTable(
        WantedTable wanted,
        int oid,
        TableName name,
        boolean partitioned,
        ReplicaIdentity identity,
        Set<String> identityColumns,
        Set<String> unsent) {

    /** A resolved table. */
    public ResolvedTable {
        identityColumns = Set.copyOf(identityColumns);
        unsent = Set.copyOf(unsent);
    }
}
