/**
 * Which transactions are finished, hence how far the server may forget.
 *
 * <p>Every subscription has a {@link dev.realtime.internal.ack.Cursor}; the {@link
 * dev.realtime.internal.ack.ConfirmedMark} is the least of them. Invariants:
 *
 * <ul>
 *   <li>The mark is 0, the end of a transaction, or the position of a keepalive that was read while no transaction was
 *       open, queued or running.
 *   <li>Every subscription has finished every transaction that ends at or before the mark.
 *   <li>The mark never goes back.
 *   <li>Nothing grows behind a subscription that stands still: a cursor is two counters and a position.
 * </ul>
 *
 * <table>
 *   <caption>Who touches what</caption>
 *   <tr><th>state</th><th>written by</th><th>read by</th></tr>
 *   <tr><td>the mark, the last end, the open transaction</td><td>reader</td><td>reader; the mark by anyone</td></tr>
 *   <tr><td>a cursor's count of offered transactions</td><td>reader</td><td>reader</td></tr>
 *   <tr><td>a cursor's position, then its count of finished ones</td><td>its subscription; the position by the
 *       reader too, while nothing is offered</td>
 *       <td>reader: the count first, then the position</td></tr>
 * </table>
 *
 * <p>Knows {@code wal} alone. Positions are unsigned numbers here: this runs for every transaction.
 */
@NullMarked
package dev.realtime.internal.ack;

import org.jspecify.annotations.NullMarked;
