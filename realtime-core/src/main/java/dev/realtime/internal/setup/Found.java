package dev.realtime.internal.setup;

import dev.realtime.internal.setup.Relation.Columns;
import dev.realtime.internal.setup.Relation.Identity;
import dev.realtime.mapping.TableName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A wanted table beside what the catalogue says of it. Immutable.
 *
 * @param wanted what was asked for
 * @param relation its relation
 * @param columns the relation's columns
 * @param identities the relation's identity, and those of its leaf partitions behind it
 */
record Found(WantedTable wanted, Relation relation, Columns columns, List<Identity> identities) {

    TableName name() {
        return relation.name();
    }

    /** As messages name it. */
    String inWords() {
        return "table " + name() + " of entity " + wanted.entity();
    }

    boolean wantsOrHasFull() {
        return wanted.fullImages() || identities.stream().anyMatch(i -> i.identity() == ReplicaIdentity.FULL);
    }

    /** The identities that decide what is logged: of a partitioned table, its leaves'. */
    List<Identity> logged() {
        return relation.isPartitioned() ? identities.subList(1, identities.size()) : identities;
    }

    /** What an old row carries; of the root, where the table has partitions: the stream is described by it. */
    Set<String> identityColumns() {
        Identity own = identities.get(0);
        return own.identity() == ReplicaIdentity.FULL ? new TreeSet<>(columns.ordinary()) : own.columns();
    }

    /** The table in a publication's list. Tables that inherit from it, if any, are other tables to the stream. */
    String target() {
        return relation.inherited() ? "ONLY " + name() : name().toString();
    }
}
