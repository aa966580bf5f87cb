/**
 * Owns the replication socket: bytes in through the JDBC driver, {@code WalRecord} out, the confirmed position back.
 *
 * <p>Must not know what the payload of a record means. Invariants:
 *
 * <ul>
 *   <li>A position is confirmed only when the engine said so; never one that was merely received, never a lower one
 *       after a higher one, never one beyond what the server has sent or had flushed when the session began.
 *   <li>A status goes out on its deadline whatever happens: between messages, inside a long one, and, through
 *       {@code sendStatusIfDue}, while the engine does not read.
 *   <li>A server's warning is seen before a position behind it can be confirmed.
 *   <li>Every way out closes the connection; until then it is strongly reachable, because the driver closes what is not.
 * </ul>
 *
 * <p>Confined to the reader thread, except where a method says otherwise ({@code requestStop}, {@code abort}).
 */
@NullMarked
package dev.realtime.internal.replication;

import org.jspecify.annotations.NullMarked;
