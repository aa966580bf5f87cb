/**
 * The marriage of a relation, an entity mapping and the decoders, made once per Relation message; it turns a row change
 * into an event. The only room that speaks both PostgreSQL's and JPA's language.
 *
 * <p>Invariants: what PostgreSQL did not send is never read as null; the columns outside a key are not known; a value
 * that was not sent because it did not change is taken from the old row where that came whole.
 *
 * <p>An entity that is spread over several tables (a {@code SpreadLayout}) gets one change of the rows that a transaction
 * holds of it: {@link dev.realtime.internal.binding.Composition} gathers them in {@code Window}s, in the order of their first
 * rows, and closes each by what the transaction holds alone. What comes of it is a row change like any other, of a relation
 * of our own making, so that no room behind this one knows of it. The rows of entities in one table pass it by while
 * nothing waits.
 *
 * <p>Must not know sockets, threads, SQL: it never asks the server, so the types of a relation are known before it is
 * bound. Bindings are immutable; what is made of a change belongs to the subscription that asked for it.
 */
@NullMarked
package dev.realtime.internal.binding;

import org.jspecify.annotations.NullMarked;
