/**
 * The truth, the testimony and the judges: what the server committed, what the code under test says it handled, and whether
 * the two agree.
 *
 * <p>The truth is an independent decoder's ({@code test_decoding}), never the writer's memory: whether a commit happened that
 * a crash cut off is known to the server alone. The testimony is a file that outlives the process that writes it. Positions
 * are unsigned 64-bit numbers; a transaction's <em>commit</em> is where its commit record begins (pgoutput's Begin
 * {@code final_lsn}), its <em>end</em> where that record ends (Commit {@code end_lsn}), so that for the transactions of one
 * server {@code commit(1) < end(1) <= commit(2) < end(2) ...} holds. Knows nothing of the code it judges.
 */
@NullMarked
package dev.realtime.faultbed.ledger;

import org.jspecify.annotations.NullMarked;
