package dev.realtime.type;

import java.util.List;
import java.util.Objects;

/**
 * A type as the server's {@code pg_type} has it (manual, section 53.64). Immutable.
 *
 * @param oid its OID, an unsigned 32-bit number; {@link Integer#toUnsignedString(int)} prints it
 * @param schema the name of its schema, as stored
 * @param name its name, as stored: {@code int4}, not {@code integer}
 * @param kind what kind of type it is
 * @param parts the OIDs of the types it is made of: of a domain the type beneath it, which may be a domain again; of an
 *     array that of its elements; of a range that of its bounds; of a multirange that of its ranges; of a composite those of
 *     its fields, in their order; else none
 * @param delimiter what stands between two values of this type in an array; an array has its element's ({@code typdelim})
 */
public record PgType(int oid, String schema, String name, Kind kind, List<Integer> parts, char delimiter) {

    /** What kind of type it is: {@code typtype}, with the arrays taken out of the base types. */
    public enum Kind {
        /** A type of its own ({@code b}). Also the fixed-length arrays, such as {@code point}, and {@code int2vector}. */
        BASE(false),
        /** A list of labels ({@code e}). */
        ENUM(false),
        /** Another type under a constraint ({@code d}). */
        DOMAIN(true),
        /**
         * A list of any length of another type's values: the type that some other type names as its {@code typarray}. Having
         * a {@code typelem} is not enough.
         */
        ARRAY(true),
        /** A row type ({@code c}). */
        COMPOSITE(false),
        /** A range ({@code r}). */
        RANGE(true),
        /** A list of ranges ({@code m}). */
        MULTIRANGE(true),
        /** A type no column can have ({@code p}). */
        PSEUDO(false);

        private final boolean madeOfOne;

        Kind(boolean madeOfOne) {
            this.madeOfOne = madeOfOne;
        }
    }

    /**
     * Checks that the parts fit each other.
     *
     * @throws IllegalArgumentException where the kind is made of another number of types
     */
    public PgType {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        parts = List.copyOf(parts);
        if (kind != Kind.COMPOSITE && parts.size() != (kind.madeOfOne ? 1 : 0)) {
            throw new IllegalArgumentException("Type " + schema + "." + name + " is of kind " + kind
                    + " and said to be made of " + parts.size() + " types");
        }
    }

    /**
     * The type that a domain, an array, a range or a multirange is made of.
     *
     * @return its OID
     * @throws IllegalStateException where this is no such type
     */
    public int part() {
        if (!kind.madeOfOne) {
            throw new IllegalStateException(
                    "Type " + qualifiedName() + " is of kind " + kind + ", not made of one type");
        }
        return parts.get(0);
    }

    /**
     * The name as messages print it.
     *
     * @return schema and name with a dot between them, without quotes
     */
    public String qualifiedName() {
        return schema + "." + name;
    }
}
