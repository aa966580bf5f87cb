package dev.realtime.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A row as the stream sent it. What PostgreSQL did not send (unchanged TOAST, the columns outside a key) is not known;
 * that is never the same as null. Not safe for use by several threads at once.
 */
public interface Row {

    /**
     * Whether PostgreSQL sent this column's value.
     *
     * @param column the position in {@link Table#columns()}
     * @return false where the value is not known
     */
    boolean isKnown(int column);

    /**
     * The decoded value: a base value of the column's type as {@link dev.realtime.type.TypeRegistry} lists them. Decoded
     * anew at each call.
     *
     * @param column the position in {@link Table#columns()}
     * @return null for SQL's NULL
     * @throws IllegalStateException where the value is not known
     * @throws dev.realtime.error.DecodingException where the bytes are not of the type, or Java has no value for them
     */
    @Nullable
    Object value(int column);

    /**
     * Whether the change made or removed the entity as a whole, so that it does not lie in a table that the change does not
     * concern.
     *
     * @return false where the entity may lie in more tables than the row shows
     */
    default boolean isWhole() {
        return true;
    }
}
