/**
 * Entity mappings out of Hibernate's runtime metamodel (ORM 6.6 and 7): how a row of the log becomes the entity that
 * {@code session.find()} would have returned, without a session, a query or a connection.
 *
 * <p>A {@code Parts} builder walks an entity's model parts once, at start, and leaves a tree of {@code Part}s: columns,
 * embeddables, references, to-many attributes. For each row the tree runs over a read-only {@code ResultSet} of that row,
 * which Hibernate's own value extractors and converters read; its property setters then fill the instance that its
 * instantiator made. What a row cannot tell is never set, and named.
 *
 * <p>{@code ShapeTables} says over which tables a class and its subclasses are spread, and {@code Classes} which of them a
 * row is. A hierarchy with a table per class has a {@code HibernateLayout} for each, every other one for all its tables.
 *
 * <p>Knows {@code mapping}, {@code type}, {@code connection}, {@code error}, Hibernate and {@code java.sql}. It must not
 * know Spring, the replication protocol or the rooms behind {@code internal}.
 *
 * <p>Invariants: no SQL, listener or callback runs, and no connection is taken (but by {@code ClassLookup}, where
 * the application asks for it); a message never holds a row's value, and
 * of an error of other code only the class and the stack are kept, because parsers, converters and setters put the value
 * into their messages. Everything here may be used by several threads at once, but the reading of one row.
 */
@NullMarked
package dev.realtime.hibernate;

import org.jspecify.annotations.NullMarked;
