package dev.realtime.internal.binding;

import dev.realtime.internal.pgoutput.Relation;
import dev.realtime.mapping.TableName;

/**
 * A table in which an entity was found. Immutable.
 *
 * @param name its name, with its schema, when the stream began
 * @param oid its OID, unsigned: by it the table is known though it is renamed, or was before
 */
public record RegisteredTable(TableName name, int oid) {

    /** By its OID, for it may be renamed; by its name too, for it may be dropped and made anew. */
    boolean is(Relation relation) {
        return oid == relation.id()
                || name.name().equals(relation.name()) && relation.schema().equals(name.schema());
    }
}
