/**
 * The marriage of a relation, an entity mapping and the decoders, made once per Relation message; it turns a row change
 * into an event. The only room that speaks both PostgreSQL's and JPA's language.
 *
 * <p>Invariants: what PostgreSQL did not send is never read as null; the columns outside a key are not known; a value
 * that was not sent because it did not change is taken from the old row where that came whole.
 *
 * <p>Must not know sockets, threads, SQL: it never asks the server, so the types of a relation are known before it is
 * bound. Bindings are immutable; what is made of a change belongs to the subscription that asked for it.
 */
@NullMarked
package dev.realtime.internal.binding;

import org.jspecify.annotations.NullMarked;
