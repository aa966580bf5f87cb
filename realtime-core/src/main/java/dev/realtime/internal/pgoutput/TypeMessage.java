package dev.realtime.internal.pgoutput;

/**
 * {@code Y}: a type that is not built in, sent before the Relation that uses it. Int32 OID, String schema (empty for
 * {@code pg_catalog}), String name. For a domain the OID is the domain's, but schema and name are its base type's.
 * Immutable.
 *
 * @param oid the type's OID, unsigned
 * @param schema its schema
 * @param name its name
 */
public record TypeMessage(int oid, String schema, String name) implements PgOutputMessage {

    static TypeMessage decode(MessageReader in) {
        int oid = in.int32();
        String schema = in.string();
        return new TypeMessage(oid, schema.isEmpty() ? "pg_catalog" : schema, in.string());
    }
}
