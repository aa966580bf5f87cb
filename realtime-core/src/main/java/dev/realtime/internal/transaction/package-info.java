/**
 * The protocol's state: which relations the session knows, which transaction is open, which ordinal comes next.
 *
 * <p>PostgreSQL sends a transaction only after its commit (protocol version 1), so a row goes on at once and no
 * transaction is held in memory. Invariants: rows come between Begin and Commit; a row's relation was sent before it in
 * the same session; within a process no row goes on twice, for what a broken session had delivered is passed over when
 * the server sends it again, and a transaction that was cut in the middle must come again.
 *
 * <p>Must not know entities, handlers, I/O, a clock. Confined to the reader thread.
 */
@NullMarked
package dev.realtime.internal.transaction;

import org.jspecify.annotations.NullMarked;
