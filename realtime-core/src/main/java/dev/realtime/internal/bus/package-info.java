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
 * <p>Must not know PostgreSQL. Threads: one a subscription, named {@code realtime-<slot>-<subscription>}; the methods of
 * {@link dev.realtime.internal.bus.Bus} are confined to the reader thread where they do not say otherwise.
 */
@NullMarked
package dev.realtime.internal.bus;

import org.jspecify.annotations.NullMarked;
