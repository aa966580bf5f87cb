package dev.realtime.mapping;

import java.util.Map;
import java.util.Set;

/**
 * Which table an entity lies in, and how to bind it. Thread-safe.
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
     * The table.
     *
     * @return its name; the schema is null where the mapping does not say
     */
    TableName table();

    /**
     * Every column of the table that an attribute lies in, and the one that tells the class of a row.
     *
     * @return names as PostgreSQL's catalogue holds them
     */
    Set<String> columns();

    /**
     * The columns of the id.
     *
     * @return names as PostgreSQL's catalogue holds them; a part of {@link #columns()}
     */
    Set<String> idColumns();

    /**
     * The attributes that have a value of their own, to-many ones apart; those of {@link #unavailable()} among them.
     *
     * @return the names that {@link RowMapper#attributes()} will have, in the mapping's order
     */
    Set<String> attributes();

    /**
     * The attributes that no row of the table can tell, whatever is published, each with the reason: a formula, a large
     * object, a column of another table.
     *
     * @return attribute to reason; empty where the table tells everything
     */
    Map<String, String> unavailable();

    /**
     * Marries the mapping to the columns of one version of the table. Called once per version, before the first row.
     *
     * @param table the table as the stream describes it; it may lack columns, or have more than the entity maps
     * @return what maps its rows
     * @throws dev.realtime.error.MappingException where a column's type cannot become its attribute, or a column that tells
     *     the id or the class is missing
     */
    RowMapper<T> bind(Table table);
}
