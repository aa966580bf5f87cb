package dev.realtime.internal.pgoutput;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code R}: a table as the rows that follow have it. Int32 relation id, String schema (empty for {@code pg_catalog}),
 * String name, Int8 replica identity, Int16 number of columns, the columns. Sent once a session before a table's first
 * row, and again whenever the table or its publication may have changed. Immutable.
 *
 * @param id the table's OID, unsigned
 * @param schema its schema
 * @param name its name
 * @param identity which columns old tuples carry
 * @param columns its published columns; a tuple has one value for each
 */
public record Relation(int id, String schema, String name, ReplicaIdentity identity, List<RelationColumn> columns)
        implements PgOutputMessage {

    /** A relation. */
    public Relation {
        columns = List.copyOf(columns);
    }

    static Relation decode(MessageReader in) {
        int id = in.int32();
        String schema = in.string();
        String name = in.string();
        ReplicaIdentity identity = ReplicaIdentity.decode(in);
        int count = in.count16("columns");
        List<RelationColumn> columns = new ArrayList<>(Math.min(count, in.remaining()));
        for (int i = 0; i < count; i++) {
            columns.add(RelationColumn.decode(in));
        }
        return new Relation(id, schema.isEmpty() ? "pg_catalog" : schema, name, identity, columns);
    }
}
