package dev.realtime.internal.pgoutput;

/**
 * A column of a {@link Relation}. Int8 flags (1: part of the replica identity), String name, Int32 type OID, Int32 type
 * modifier. Immutable.
 *
 * @param identity whether old tuples carry it
 * @param name its name
 * @param typeOid its type, unsigned
 * @param typeModifier such as the length of a {@code varchar}, or -1
 */
public record RelationColumn(boolean identity, String name, int typeOid, int typeModifier) {

    static RelationColumn decode(MessageReader in) {
        int flags = in.int8();
        if ((flags & ~1) != 0) {
            throw in.malformed("the flags of a column are " + flags + ", neither 0 nor 1");
        }
        return new RelationColumn(flags == 1, in.string(), in.int32(), in.int32());
    }
}
