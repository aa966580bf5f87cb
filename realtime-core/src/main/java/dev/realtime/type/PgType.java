package dev.realtime.type;

import java.util.Objects;

/**
 * A type as the server's {@code pg_type} has it (manual, section 53.64). Immutable.
 *
 * @param oid its OID, an unsigned 32-bit number; {@link Integer#toUnsignedString(int)} prints it
 * @param schema the name of its schema, as stored
 * @param name its name, as stored: {@code int4}, not {@code integer}
 * @param kind what kind of type it is
 * @param baseOid of a domain, the OID of the type beneath it, which may be a domain again ({@code typbasetype}); else 0
 * @param elementOid of an array, the OID of its elements' type ({@code typelem}); else 0
 * @param delimiter what stands between two values of this type in an array; an array has its element's ({@code typdelim})
 */
public record PgType(int oid, String schema, String name, Kind kind, int baseOid, int elementOid, char delimiter) {

    /** What kind of type it is: {@code typtype}, with the arrays taken out of the base types. */
    public enum Kind {
        /** A type of its own ({@code b}). Also the fixed-length arrays, such as {@code point}, and {@code int2vector}. */
        BASE,
        /** A list of labels ({@code e}). */
        ENUM,
        /** Another type under a constraint ({@code d}). */
        DOMAIN,
        /**
         * A list of any length of another type's values: the type that some other type names as its {@code typarray}. Having
         * a {@code typelem} is not enough.
         */
        ARRAY,
        /** A row type ({@code c}). */
        COMPOSITE,
        /** A range ({@code r}). */
        RANGE,
        /** A list of ranges ({@code m}). */
        MULTIRANGE,
        /** A type no column can have ({@code p}). */
        PSEUDO
    }

    /**
     * Checks that the parts fit each other.
     *
     * @throws IllegalArgumentException where other types than domains have a base type, or other types than arrays have
     *     elements
     */
    public PgType {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        if ((baseOid != 0) != (kind == Kind.DOMAIN) || (elementOid != 0) != (kind == Kind.ARRAY)) {
            throw new IllegalArgumentException("Type " + schema + "." + name + " is of kind " + kind
                    + " with base type " + Integer.toUnsignedString(baseOid) + " and element type "
                    + Integer.toUnsignedString(elementOid));
        }
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
