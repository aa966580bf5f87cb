package dev.realtime.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layout of an entity bound to the columns of one version of its tables. Thread-safe: several subscriptions map rows at
 * once.
 *
 * @param <T> the entity
 */
public interface RowMapper<T> {

    /**
     * The attributes of the entity, in the mapping's order; what no row of this table can tell has no columns.
     *
     * @return each attribute once
     */
    List<MappedAttribute> attributes();

    /**
     * The class that every row is of, or of a subclass of it.
     *
     * @return the registered class, or the one whose table it is
     */
    Class<? extends T> entityType();

    /**
     * Whether there are rows that are not of the entity, such as those of other classes in the same table.
     *
     * @return false where {@link #maps} is true for each
     */
    default boolean isSelective() {
        return false;
    }

    /**
     * Whether a row is of the entity.
     *
     * @param row the row
     * @return true also where the row does not tell
     * @throws dev.realtime.error.MappingException where the row is of a class that is not known
     */
    default boolean maps(Row row) {
        return true;
    }

    /**
     * Whether rows of the entity are marked as deleted rather than deleted.
     *
     * @return false where {@link #isDeleted} is false for each
     */
    default boolean deletesSoftly() {
        return false;
    }

    /**
     * Whether a row is marked as deleted.
     *
     * @param row the row
     * @return false also where the row does not tell
     * @throws dev.realtime.error.MappingException where the mark cannot be read
     */
    default boolean isDeleted(Row row) {
        return false;
    }

    /**
     * Whether the class of a row has an attribute.
     *
     * @param attribute an attribute of {@link #attributes()}
     * @param row the row
     * @return true also where the class is not known
     */
    default boolean has(MappedAttribute attribute, Row row) {
        return true;
    }

    /**
     * Whether it is known which class the row is.
     *
     * @param row the row
     * @return false where {@link #entityType(Row)} is no more than what all classes that it may be have in common; then
     *     {@link #entity} may have no class to make an instance of
     */
    default boolean knowsClass(Row row) {
        return true;
    }

    /**
     * Which class the row is: a subclass where a discriminator says so.
     *
     * @param row a row in which the discriminator may be unknown, as in a key
     * @return the most special class that the row shows
     */
    Class<? extends T> entityType(Row row);

    /**
     * The JPA id.
     *
     * @param row a row in which the columns of the id are known
     * @return an instance of the id's class, of the {@code @IdClass} or of the {@code @EmbeddedId}
     * @throws dev.realtime.error.MappingException where a column of the id is not known, null or does not fit
     */
    Object id(Row row);

    /**
     * A new, detached instance with every known attribute set; the others keep what the constructor gave them. No SQL, no
     * listener and no callback runs.
     *
     * @param row the row
     * @return a new instance at each call
     * @throws dev.realtime.error.MappingException where a value cannot become its attribute
     */
    T entity(Row row);

    /**
     * The value of one attribute, as it would be in the entity.
     *
     * @param attribute an attribute of {@link #attributes()}, known in the row
     * @param row the row
     * @return its value, or null where it is null
     * @throws dev.realtime.error.MappingException where the value cannot become the attribute
     */
    @Nullable
    Object value(MappedAttribute attribute, Row row);

    /**
     * The id of the entity that a to-one attribute refers to, read without touching a proxy.
     *
     * @param attribute a to-one attribute, known in the row
     * @param row the row
     * @return the id, or null where the reference is null
     * @throws dev.realtime.error.MappingException where the attribute is no reference, or its columns do not hold the id
     */
    @Nullable
    Object referenceId(MappedAttribute attribute, Row row);
}
