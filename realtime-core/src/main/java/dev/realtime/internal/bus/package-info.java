/**
 * Bounded queues and the threads that call handlers.
 *
 * <p>The reader puts bound changes, in batches, into the queue of each subscription that wants them; the subscription's
 * own thread makes its own event of each and calls the handler. A transaction's end travels the same queue, so that it is
 * finished exactly when everything before it was handled. A handler that fails is asked again after a pause, for as long
 * as its policy says; one that throws an {@link java.lang.Error} ends the stream.
 *
 * <p>Nothing is dropped. A full queue is the reader's to wait for, but not for long where others could go on: then its
 * subscription leaves the shared stream, and its {@link dev.realtime.internal.bus.Itinerary} asks for a leg to catch up on,
 * a stream of its own over a temporary copy of the slot. Near the end of that the shared stream takes it back behind a
 * named commit, and the subscription rides the one leg to there and the shared one from there. A leg is a queue and a
 * count ({@code Tally}); where a leg is given up, what it held comes again on the next.
 *
 * <p>A subscription hands what its legs bring to its {@link dev.realtime.internal.bus.Handling}: one at a time, several in
 * flight, in lanes, in batches, by transactions. Whatever the order in which changes are finished, the {@link
 * dev.realtime.internal.bus.Place} is told of them as a prefix, by the subscription's thread alone: other threads leave word
 * and ring its queue. So a transaction is finished when all before it are, and what was finished beyond a change that was
 * not is known on the next leg. {@link dev.realtime.internal.bus.Attempts} is the policy for what failed, whatever was
 * offered as one. A subscription goes on another leg when nothing of the last is at work any more.
 *
 * <p>Must not know PostgreSQL. Threads: one a subscription, named {@code realtime-<slot>-<subscription>}, and its lanes; the methods of
 * {@link dev.realtime.internal.bus.Bus} are confined to the reader thread where they do not say otherwise.
 */
@NullMarked
package dev.realtime.internal.bus;

import org.jspecify.annotations.NullMarked;
