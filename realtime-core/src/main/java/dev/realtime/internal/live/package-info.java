/**
 * Live subscriptions: bounded, lossy as they declare, and of no account to the slot. Nothing here ever holds up the reader
 * or a stop.
 *
 * <p>The reader leaves the changes of watched entities, undecoded, in the {@link dev.realtime.internal.live.Inbox}; where
 * nobody watches an entity it does nothing. One thread, {@code realtime-<slot>-live}, moves them to the {@link
 * dev.realtime.internal.live.LiveLog} of their entity, once for all its subscribers: the last changes in their order, and
 * of each id the latest. What waits for a subscriber is a place in the log ({@link dev.realtime.internal.live.Backlog}), so
 * that a thousand who never read cost no more than one; what a subscriber misses is a difference of places. Only who keeps
 * the oldest changes has a queue of its own. A few threads, {@code realtime-<slot>-live-<n>}, decode for who has asked for
 * more and call it; they rest where subscribers are overrun, for what these miss costs the durable ones their time.
 *
 * <p>Invariants: {@code published = delivered + dropped + queued} for every subscriber at any moment; the item behind a hole
 * is preceded by how many are missing; of each change a subscriber gets one event at most, for what the server sends again
 * after a broken connection never reaches the inbox a second time.
 *
 * <p>Must not know durable subscriptions, positions that are confirmed, PostgreSQL.
 */
@NullMarked
package dev.realtime.internal.live;

import org.jspecify.annotations.NullMarked;
