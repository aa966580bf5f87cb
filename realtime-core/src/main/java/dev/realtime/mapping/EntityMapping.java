package dev.realtime.mapping;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which tables an entity lies, and how to bind it to them. Thread-safe.
 *
 * @param <T> the entity
 */
public interface EntityMapping<T> {

    /**
     * The entity's class.
     *
     * @return the class that was asked for
     */
    Class<T> entityType();

    /**
     * The entity's name in JPA.
     *
     * @return such as {@code User}
     */
    String entityName();

    /**
     * Where its rows are. Most entities have one layout of one table; one of several layouts lies in any one of them, such
     * as in the table of its class.
     *
     * @return at least one; no table is in two of them
     */
    List<EntityLayout<T>> layouts();

    /**
     * The attributes that have a value of their own, to-many ones apart; those of {@link #unavailable()} among them.
     *
     * @return the names that {@link RowMapper#attributes()} will have, in the mapping's order
     */
    Set<String> attributes();

    /**
     * The attributes that no row can tell, whatever is published, each with the reason: a formula, a large object.
     *
     * @return attribute to reason; empty where the tables tell everything
     */
    Map<String, String> unavailable();
}
