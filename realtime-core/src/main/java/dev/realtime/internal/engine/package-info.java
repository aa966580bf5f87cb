/**
 * The conductor: one reader thread, its loop, reconnecting, the life-cycle. The rooms play. Beside it a thread that looks
 * at the server, one for each subscription that catches up, and a short-lived one for each question to the database.
 *
 * <p>The reader thread connects, reads, decodes messages, hands changes to the bus, and sends every status message. It
 * never runs a handler and never waits for one without sending statuses meanwhile.
 *
 * <table>
 *   <caption>Who touches what</caption>
 *   <tr><th>state</th><th>written by</th><th>read by</th></tr>
 *   <tr><td>the session, the protocol's state, the bindings, the mark</td><td>reader</td><td>reader</td></tr>
 *   <tr><td>the wish to stop</td><td>anyone</td><td>reader, between two messages</td></tr>
 *   <tr><td>whether a transaction is open</td><td>reader, before it looks at the wish to stop</td>
 *       <td>who wishes to stop, after wishing it: so one of the two sees the other</td></tr>
 *   <tr><td>the progress</td><td>reader</td><td>anyone, as one immutable value</td></tr>
 * </table>
 */
@NullMarked
package dev.realtime.internal.engine;

import org.jspecify.annotations.NullMarked;
